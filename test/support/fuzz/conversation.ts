/** One conversation with a debug session in this process, made of messages that a client should not send, or not now. */
import path from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { createSession, type DebugSession } from '../../../src/adapter/session.ts';
import type { Interpreters } from '../../../src/sim/run/interpreters.ts';
import { readPath } from '../../../src/cli/files.ts';
import { nodeHost } from '../../../src/cli/nodeHost.ts';
import { Random } from '../randomPrograms/random.ts';
import { Harvest } from './harvest.ts';
import { junk } from './junk.ts';
import { nextCommand, plausibleArguments, spoilt } from './requests.ts';

const PROGRAMS: readonly string[] = [
  'test/adapter/programs/calls.s', 'test/adapter/programs/pair.s', 'test/adapter/programs/threads.s', 'test/adapter/programs/forever.s', 'test/adapter/programs/watched.s', 'test/adapter/programs/reader.s',
  'test/adapter/programs/flood.s', 'examples/retry.s', 'examples/spe-dma.s', 'examples/mailbox.s', 'examples/spe-list.s', 'examples/deadlock.s',
];
/** An answer that has not come by then never comes. */
const PATIENCE_MS = 60_000;
const INTERNAL = 1002;
const RESUMING: ReadonlySet<string> = new Set(['continue', 'next', 'stepIn', 'stepOut', 'restart', 'configurationDone']);

interface Wire {
  readonly type?: unknown;
  readonly seq?: unknown;
  readonly command?: unknown;
}

export interface Survived {
  readonly messages: number;
  readonly answers: number;
}

/** Talks until `count` messages are sent. Rejects with what went wrong, and the messages that led to it. */
export async function converse(seed: number, count: number, interpreters: Interpreters): Promise<Survived> {
  const talk = new Conversation(seed, interpreters);
  try {
    return await talk.run(count);
  } catch (error) {
    const last = talk.sent.slice(-8).map((message) => JSON.stringify(message).slice(0, 400)).join('\n');
    throw new Error(`Seed ${String(seed)}, message ${String(talk.sent.length)}: ${error instanceof Error ? error.stack ?? error.message : String(error)}\nThe last messages:\n${last}`, { cause: error });
  } finally {
    talk.end();
  }
}

class Conversation {
  readonly sent: unknown[] = [];
  private readonly random: Random;
  private readonly session: DebugSession;
  private readonly program: string;
  private readonly seen = new Harvest();
  /** How many responses are due to a number: one for each message that had it. */
  private readonly due = new Map<number, string[]>();
  private readonly problems: string[] = [];
  private held: unknown[] = [];
  private sequence = 0;
  private answers = 0;
  private state: 'running' | 'stopped' | 'ended' = 'running';

  constructor(seed: number, interpreters: Interpreters) {
    this.random = new Random(seed);
    this.program = path.resolve(this.random.pick(PROGRAMS));
    this.session = createSession((message) => { this.take(message); }, { ...nodeHost({ readFile: readPath }), interpreters });
  }

  async run(count: number): Promise<Survived> {
    const { random } = this;
    if (!random.chance(10)) await this.begin();
    while (this.sent.length < count) {
      for (let burst = random.between(1, 12); burst > 0; burst -= 1) this.sendSomething();
      for (let turns = random.below(4); turns > 0; turns -= 1) await turn();
      if (random.chance(4)) await this.settle();
      await this.keepAlive();
    }
    this.flush();
    await this.settle();
    await this.stillAnswers();
    return { messages: this.sent.length, answers: this.answers };
  }

  end(): void {
    this.session.dispose();
  }

  /** As clients begin. */
  private async begin(): Promise<void> {
    const { random, program } = this;
    this.request('initialize', plausibleArguments(random, 'initialize', this.seen, program));
    this.request('launch', { program, stopOnEntry: random.chance(2) });
    if (random.chance(3)) this.request('setExceptionBreakpoints', { filters: ['RETRY', 'MINOR'] });
    await this.settle();
    if (!random.chance(8)) this.request('configurationDone', {});
    await this.settle();
  }

  /** Most of what there is to ask for needs a program that is stopped, and its frames. */
  private async keepAlive(): Promise<void> {
    const { random, state } = this;
    if (state === 'ended' && random.chance(2)) this.request('restart', {});
    if (state === 'running' && random.chance(2)) this.request('pause', { threadId: this.seen.some(random, 'thread', 1000) });
    if (state !== 'stopped' || random.chance(3)) return;
    for (const command of ['stackTrace', 'scopes', 'variables']) {
      this.request(command, plausibleArguments(random, command, this.seen, this.program));
      await this.settle();
    }
  }

  private sendSomething(): void {
    const { random, held } = this;
    if (held.length > 0 && random.chance(3)) {
      // Out of its turn.
      this.send(held.splice(random.below(held.length), 1)[0]);
      return;
    }
    const message = this.something();
    if (random.chance(10)) held.push(message);
    else this.send(message);
    // Once more, word for word.
    if (random.chance(25)) this.send(message);
  }

  private something(): unknown {
    const { random } = this;
    if (random.chance(30)) return this.malformed();
    const command = nextCommand(random);
    const args = plausibleArguments(random, command, this.seen, this.program);
    this.sequence += 1;
    return { seq: this.sequence, type: 'request', command, arguments: random.chance(4) ? spoilt(random, args) : args };
  }

  /** No request: its parts are missing or something else. */
  private malformed(): unknown {
    const { random } = this;
    this.sequence += 1;
    const good = { seq: this.sequence, type: 'request', command: 'threads' };
    switch (random.below(7)) {
      case 0: return junk(random);
      case 1: return { ...good, command: junk(random) };
      case 2: return { ...good, seq: junk(random) };
      case 3: return { ...good, type: junk(random) };
      case 4: return { type: 'response', seq: this.sequence, request_seq: random.below(50), success: true, command: 'threads' };
      case 5: return { type: 'event', seq: this.sequence, event: 'stopped' };
      default: return { seq: this.sequence, type: 'request' };
    }
  }

  private request(command: string, args: unknown): number {
    this.sequence += 1;
    this.send({ seq: this.sequence, type: 'request', command, arguments: args });
    return this.sequence;
  }

  private send(message: unknown): void {
    this.sent.push(message);
    const { type, seq, command } = (typeof message === 'object' && message !== null ? message : {}) as Wire;
    if (type === 'request' && typeof seq === 'number' && Number.isSafeInteger(seq) && typeof command === 'string') this.due.set(seq, [...this.due.get(seq) ?? [], command]);
    // A message comes as JSON, whatever it is.
    this.session.handle(JSON.parse(JSON.stringify(message ?? null)) as DebugProtocol.ProtocolMessage);
  }

  private flush(): void {
    for (const message of this.held) this.send(message);
    this.held = [];
  }

  private take(message: DebugProtocol.ProtocolMessage): void {
    if (message.type === 'event') {
      const told = message as DebugProtocol.Event;
      const { event } = told;
      this.seen.take(told.body as unknown);
      if (event === 'stopped') this.state = 'stopped';
      if (event === 'terminated') this.state = 'ended';
      return;
    }
    const response = message as DebugProtocol.Response;
    this.answers += 1;
    this.seen.take(response.body);
    if (response.success && RESUMING.has(response.command)) this.state = 'running';
    const { error } = (response.body ?? {}) as { readonly error?: DebugProtocol.Message };
    if (error?.id === INTERNAL) this.problems.push(response.message ?? '');
    const waiting = this.due.get(response.request_seq) ?? [];
    const place = waiting.indexOf(response.command);
    if (place >= 0) waiting.splice(place, 1);
    // What was no request may have been answered too.
    else if (response.success) this.problems.push(`A second response to ${response.command}, number ${String(response.request_seq)}.`);
  }

  /** Until everything is answered. */
  private async settle(): Promise<void> {
    for (const start = performance.now(); this.unanswered() !== undefined;) {
      if (performance.now() - start > PATIENCE_MS) throw new Error(`No answer to ${this.unanswered() ?? ''}.`);
      await turn();
    }
    if (this.problems.length > 0) throw new Error(this.problems.join('\n'));
  }

  private unanswered(): string | undefined {
    for (const [seq, commands] of this.due) {
      const [first] = commands;
      if (first !== undefined) return `${first}, number ${String(seq)}`;
      this.due.delete(seq);
    }
    return undefined;
  }

  /** Requests that work in every state still do. */
  private async stillAnswers(): Promise<void> {
    this.request('initialize', { adapterID: 'cell' });
    const before = this.answers;
    this.request('threads', undefined);
    this.request('refault/contexts', undefined);
    this.request('disconnect', {});
    await this.settle();
    if (this.answers !== before + 3) throw new Error('The session answers no more.');
  }
}

async function turn(): Promise<void> {
  await new Promise<void>((resolve) => { setImmediate(resolve); });
}
