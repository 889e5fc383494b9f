/**
 * The debug adapter that VS Code sees: it passes messages to and from a worker, so that a
 * busy guest never holds up the extension host, and reads files for it. A worker that dies
 * ends the session in good order.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { FromWorker } from '../worker/messages.ts';
import type { Files } from './hostFiles.ts';
import type { StartWorker, WorkerPort } from './workerPort.ts';

/** Asks the session something in the extension's own name. Rejects with a sentence. */
export type Ask = (command: string, args: unknown) => Promise<unknown>;

/** What a session leaves: its program has ended, and can still be asked about. */
export interface Remains {
  readonly ask: Ask;
  /** Questions will come also when VS Code is done with the session, until `giveUp`. */
  keep(): void;
  giveUp(): void;
}

export interface ForwardingOptions {
  readonly start: StartWorker;
  readonly files: Files;
  /** Hands a message to VS Code. */
  readonly emit: (message: DebugProtocol.ProtocolMessage) => void;
  /** Called once, when the program has ended or the user ends the session, before VS Code hears of it. */
  readonly ending: (remains: Remains) => Promise<void>;
}

/** Requests of the extension count from here; VS Code's own count from 1. */
const OWN_REQUESTS = 2 ** 30;

type Pending = Map<number, DebugProtocol.Request>;

export class ForwardingAdapter {
  readonly #options: ForwardingOptions;
  readonly #worker: WorkerPort;
  /** Requests of VS Code without a response, for the case that the worker dies. */
  readonly #pending: Pending = new Map();
  readonly #asked = new Map<number, { resolve: (body: unknown) => void; reject: (reason: Error) => void }>();
  /** Messages held back while the end is being prepared. */
  #held: DebugProtocol.ProtocolMessage[] | undefined;
  #ended = false;
  /** VS Code is done with the session. */
  #isLeft = false;
  /** Somebody may still ask about the program. */
  #isKept = false;
  #death: string | undefined;
  #lastSeq = 0;
  #questions = OWN_REQUESTS;

  constructor(options: ForwardingOptions) {
    this.#options = options;
    this.#worker = options.start({
      received: (message) => this.#received(message),
      died: (reason) => this.#died(reason),
    });
  }

  /** A message from VS Code. */
  handle(message: DebugProtocol.ProtocolMessage): void {
    if (isRequest(message)) {
      if (this.#death !== undefined) {
        this.#refuse(message, this.#death);
        return;
      }
      this.#pending.set(message.seq, message);
      if (message.command === 'disconnect' && !this.#ended) {
        // What the program left is asked for before this, so it is answered before this.
        this.#prepareEnd();
      }
    }
    this.#worker.post({ kind: 'dap', message });
  }

  /** VS Code is done with the session; the worker lives for as long as what it leaves is kept. */
  dispose(): void {
    this.#isLeft = true;
    if (!this.#isKept) this.#close();
  }

  #close(): void {
    this.#death ??= 'The debug session has ended.';
    for (const { reject } of this.#asked.values()) reject(new Error(this.#death));
    this.#asked.clear();
    this.#worker.terminate();
  }

  #received(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        break;
      case 'dap':
        this.#fromSession(message.message);
        break;
      case 'readFile':
        this.#serve(message.id, async () => ({ kind: 'file', id: message.id, bytes: await this.#options.files.readFile(message.path) }));
        break;
      case 'listFolder':
        this.#serve(message.id, async () => ({ kind: 'folder', id: message.id, entries: await this.#options.files.listFolder(message.path) }));
        break;
    }
  }

  #serve(id: number, read: () => Promise<Parameters<WorkerPort['post']>[0]>): void {
    read().then(
      (answer) => this.#worker.post(answer),
      (error: unknown) => this.#worker.post({ kind: 'unreadable', id, reason: error instanceof Error ? error.message : String(error) }),
    );
  }

  #fromSession(message: DebugProtocol.ProtocolMessage): void {
    this.#lastSeq = Math.max(this.#lastSeq, message.seq);
    if (isResponse(message)) {
      const asked = this.#asked.get(message.request_seq);
      if (asked) {
        this.#asked.delete(message.request_seq);
        if (message.success) asked.resolve(message.body);
        else asked.reject(new Error(message.message ?? 'The session gave no reason.'));
        return;
      }
      this.#pending.delete(message.request_seq);
    }
    if (isTerminated(message) && !this.#ended) this.#prepareEnd();
    this.#emit(message);
  }

  /** Lets the extension keep what the program left; nothing more goes to VS Code until it has. */
  #prepareEnd(): void {
    this.#ended = true;
    this.#held = [];
    const release = (): void => {
      const held = this.#held ?? [];
      this.#held = undefined;
      for (const message of held) this.#options.emit(message);
    };
    this.#options.ending({
      ask: (command, args) => this.#ask(command, args),
      keep: () => { this.#isKept = true; },
      giveUp: () => {
        this.#isKept = false;
        if (this.#isLeft) this.#close();
      },
    }).then(release, release);
  }

  #ask(command: string, args: unknown): Promise<unknown> {
    if (this.#death !== undefined) return Promise.reject(new Error(this.#death));
    const seq = ++this.#questions;
    const request: DebugProtocol.Request = { seq, type: 'request', command, arguments: args };
    return new Promise((resolve, reject) => {
      this.#asked.set(seq, { resolve, reject });
      this.#worker.post({ kind: 'dap', message: request });
    });
  }

  #died(reason: string): void {
    this.#death = `The debug adapter has failed and the session is over: ${reason}. Start it again; if it fails again, report this text.`;
    const output: DebugProtocol.OutputEvent['body'] = { category: 'important', output: `${this.#death}\n` };
    this.#event('output', output);
    for (const request of this.#pending.values()) this.#refuse(request, this.#death);
    this.#pending.clear();
    for (const { reject } of this.#asked.values()) reject(new Error(this.#death));
    this.#asked.clear();
    this.#event('terminated');
  }

  /** Answers in the place of a dead session: `disconnect` works, everything else says why it cannot. */
  #refuse(request: DebugProtocol.Request, reason: string): void {
    const success = request.command === 'disconnect' || request.command === 'terminate';
    const response: DebugProtocol.Response = {
      seq: ++this.#lastSeq, type: 'response', request_seq: request.seq, command: request.command, success, ...(!success && { message: reason }),
    };
    this.#emit(response);
  }

  #event(event: string, body?: unknown): void {
    const message: DebugProtocol.Event = { seq: ++this.#lastSeq, type: 'event', event, ...(body !== undefined && { body }) };
    this.#emit(message);
  }

  #emit(message: DebugProtocol.ProtocolMessage): void {
    if (this.#held) this.#held.push(message);
    else if (!this.#isLeft) this.#options.emit(message);
  }
}

function isRequest(message: DebugProtocol.ProtocolMessage): message is DebugProtocol.Request {
  return message.type === 'request';
}

function isResponse(message: DebugProtocol.ProtocolMessage): message is DebugProtocol.Response {
  return message.type === 'response';
}

function isTerminated(message: DebugProtocol.ProtocolMessage): boolean {
  return message.type === 'event' && 'event' in message && message.event === 'terminated';
}
