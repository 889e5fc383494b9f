/** A scripted client of the debug adapter, in the same process. Time is counted, not measured: a run repeats exactly. */
import { readFile, readdir } from 'node:fs/promises';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { AdapterHost } from '../../src/adapter/host.ts';
import { createSession, type DebugSession } from '../../src/adapter/session.ts';

export type Message = DebugProtocol.ProtocolMessage;
type Body = Readonly<Record<string, unknown>>;

/** Milliseconds after which a client that waits for a message fails instead of hanging. */
const PATIENCE = 20_000;
const TICK = 0.125;
/** Slices that a program gets before the client goes on. */
const SLICES = 3;

export interface ClientOptions {
  /** Files by path, before those of the disk. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly tick?: number;
}

export class DapClient {
  readonly messages: Message[] = [];
  private readonly session: DebugSession;
  private sequence = 0;
  private read = 0;
  private milliseconds = 0;
  /** Milliseconds that pass between two looks at the clock. */
  tick: number;

  constructor(options: ClientOptions = {}) {
    this.tick = options.tick ?? TICK;
    this.session = createSession((message) => { this.messages.push(message); }, this.host(options));
  }

  /** Sends a request and waits for its response. */
  async request(command: string, args?: object): Promise<DebugProtocol.Response> {
    return await this.responseTo(this.send(command, args), command);
  }

  /** Waits for the response to a request that was sent. */
  async responseTo(seq: number, command = `request ${String(seq)}`): Promise<DebugProtocol.Response> {
    return await this.until(() => this.messages.find((m): m is DebugProtocol.Response => isResponse(m) && m.request_seq === seq), `the response to ${command}`);
  }

  /** The body of a response, which has to be a success. */
  async ask<T>(command: string, args?: object): Promise<T> {
    const response = await this.request(command, args);
    if (!response.success) throw new Error(`${command} failed: ${response.message ?? ''}`);
    return response.body as T;
  }

  /** Sends without waiting. */
  send(command: string, args?: object): number {
    this.sequence += 1;
    const message: DebugProtocol.Request = { seq: this.sequence, type: 'request', command, ...(args === undefined ? {} : { arguments: args }) };
    this.messages.push(message);
    this.session.handle(message);
    return this.sequence;
  }

  /** The next event of a name, behind those that were waited for before. */
  async event<T = Body>(name: string): Promise<T> {
    return (await this.eventOf([name])).body as T;
  }

  /** Whether one of several events has come, behind those that were waited for before. */
  hasEvent(names: readonly string[]): boolean {
    return this.coming(names) !== undefined;
  }

  /** The next event that has one of several names. */
  async eventOf(names: readonly string[]): Promise<{ readonly name: string; readonly body: Body }> {
    const found = await this.until(() => this.coming(names), `the event ${names.join(' or ')}`);
    this.read = found.at + 1;
    return { name: found.message.event, body: (found.message.body ?? {}) as Body };
  }

  private coming(names: readonly string[]): { readonly at: number; readonly message: DebugProtocol.Event } | undefined {
    const at = this.messages.findIndex((m, index) => index >= this.read && isEvent(m) && names.includes(m.event));
    const message = this.messages[at];
    return message && isEvent(message) ? { at, message } : undefined;
  }

  /** The host's time as the session sees it, in milliseconds. */
  get clock(): number {
    return this.milliseconds;
  }

  /** Lets the program run for some slices. */
  async letRun(): Promise<void> {
    for (let slice = 0; slice < SLICES; slice += 1) await new Promise((resolve) => { setImmediate(resolve); });
  }

  async initialize(more: object = {}): Promise<void> {
    await this.ask('initialize', { adapterID: 'cell', linesStartAt1: true, columnsStartAt1: true, pathFormat: 'path', supportsVariableType: true, supportsMemoryReferences: true, ...more });
    await this.event('initialized');
  }

  /** Up to the first stop or the end: breakpoints can be set in between. */
  async launch(args: object, configure?: () => Promise<unknown>): Promise<void> {
    await this.initialize();
    await this.ask('launch', args);
    await configure?.();
    await this.ask('configurationDone');
  }

  /** All that was printed so far. */
  outputs(): string {
    return this.printed(() => true);
  }

  /** What the program itself has printed. */
  programOutput(): string {
    return this.printed((category) => category === 'stdout' || category === 'stderr');
  }

  /** Puts a remark in the place of all output, for transcripts. */
  forgetOutputs(remark: string): void {
    const first = this.messages.findIndex((m) => isEvent(m) && m.event === 'output');
    const kept = this.messages.filter((m) => !isEvent(m) || m.event !== 'output');
    const event: DebugProtocol.Event = { seq: 0, type: 'event', event: 'output', body: remark };
    kept.splice(first, 0, event);
    this.messages.splice(0, this.messages.length, ...kept);
  }

  dispose(): void {
    this.session.dispose();
  }

  private printed(suits: (category: string) => boolean): string {
    const outputs = this.messages.filter(isEvent).filter(({ event }) => event === 'output').map(({ body }) => body as { category: string; output: string });
    return outputs.filter(({ category }) => suits(category)).map(({ output }) => output).join('');
  }

  private host({ files = {} }: ClientOptions): AdapterHost {
    return {
      readFile: async (path) => {
        const file = files[path];
        if (typeof file === 'string') return new TextEncoder().encode(file);
        if (file) return file;
        try {
          return new Uint8Array(await readFile(path));
        } catch {
          throw new Error(`${path} cannot be read: it does not exist.`);
        }
      },
      listFolder: async (path) => (await readdir(path, { withFileTypes: true })).map((entry) => ({ name: entry.name, kind: entry.isDirectory() ? 'folder' as const : 'file' as const })),
      yieldSlice: (run) => { setImmediate(run); },
      now: () => {
        this.milliseconds += this.tick;
        return this.milliseconds;
      },
    };
  }

  private async until<T>(find: () => T | undefined, what: string): Promise<T> {
    for (const start = performance.now(); performance.now() - start < PATIENCE;) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    throw new Error(`The client waited in vain for ${what}.`);
  }
}

export function isResponse(message: Message): message is DebugProtocol.Response {
  return message.type === 'response';
}

export function isEvent(message: Message): message is DebugProtocol.Event {
  return message.type === 'event';
}
