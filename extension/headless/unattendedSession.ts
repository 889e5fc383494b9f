/** A session of the debug adapter, in a worker of its own, that nobody debugs in: the extension asks, and hears of events. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { type Ask, ForwardingAdapter } from '../debug/forwardingAdapter.ts';
import type { Files } from '../debug/hostFiles.ts';
import type { StartWorker } from '../debug/workerPort.ts';

export interface UnattendedOptions {
  readonly start: StartWorker;
  readonly files: Files;
  readonly onEvent: (event: string, body: unknown) => void;
  /** Called once, when the program has ended or is given up, while it can still be asked. */
  readonly ending?: (ask: Ask) => Promise<void>;
}

export class UnattendedSession {
  readonly #adapter: ForwardingAdapter;
  readonly #responses = new Map<number, (response: DebugProtocol.Response) => void>();
  #sequence = 0;

  constructor({ start, files, onEvent, ending }: UnattendedOptions) {
    this.#adapter = new ForwardingAdapter({
      start, files,
      ending: async ({ ask }) => { await ending?.(ask); },
      emit: (message) => {
        if (isResponse(message)) this.#responses.get(message.request_seq)?.(message);
        else if (isEvent(message)) onEvent(message.event, message.body as unknown);
      },
    });
  }

  async initialize(): Promise<void> {
    await this.ask('initialize', { adapterID: 'cell', linesStartAt1: true, columnsStartAt1: true, pathFormat: 'path' });
  }

  /** Resolves to the body of the response, rejects with the sentence of a failure. */
  ask(command: string, args: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const message: DebugProtocol.Request = { seq: ++this.#sequence, type: 'request', command, arguments: args };
      this.#responses.set(message.seq, ({ success, body, message: reason }) => {
        this.#responses.delete(message.seq);
        if (success) resolve(body);
        else reject(new Error(reason ?? `The session gave no reason why ${command} failed.`));
      });
      this.#adapter.handle(message);
    });
  }

  dispose(): void {
    this.#adapter.dispose();
  }
}

function isResponse(message: DebugProtocol.ProtocolMessage): message is DebugProtocol.Response {
  return message.type === 'response';
}

function isEvent(message: DebugProtocol.ProtocolMessage): message is DebugProtocol.Event {
  return message.type === 'event';
}
