/**
 * Takes the client's messages in order. While a request works asynchronously (a launch that
 * reads files, much disassembly) the later ones wait, except `disconnect` and `cancel`, which always get through.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { OpenCall } from './call.ts';
import { errors } from './errors.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';
import { ShapeError } from './shape.ts';

const URGENT: ReadonlySet<string> = new Set(['disconnect', 'cancel']);
/** Requests that need no `initialize` before them. */
const ALWAYS: ReadonlySet<string> = new Set(['initialize', 'disconnect']);

type Message = DebugProtocol.Request;

export class Dispatcher {
  private waiting: Message[] = [];
  private readonly requests: ReadonlyMap<string, Request>;
  private current: OpenCall | undefined;

  constructor(private readonly session: Session, requests: readonly Request[]) {
    this.requests = new Map(requests.map((request) => [request.command, request]));
  }

  handle(message: unknown): void {
    if (!isObject(message) || message['type'] === 'response' || message['type'] === 'event') return;
    const { command, seq } = message;
    if (message['type'] !== 'request' || typeof command !== 'string' || typeof seq !== 'number' || !Number.isSafeInteger(seq)) {
      const known = { seq: typeof seq === 'number' ? seq : 0, type: 'request', command: typeof command === 'string' ? command : '' };
      this.session.outbound.fail(known, errors.noMessage());
      return;
    }
    const request: Message = { seq, type: 'request', command, arguments: message['arguments'] };
    if (this.current && !URGENT.has(command)) this.waiting.push(request);
    else this.answer(request);
  }

  /** The client no longer wants the answer to a request: one that waits is not begun, one that works may end early. */
  cancel(seq: number): void {
    if (this.current?.request === seq) this.current.isCancelled = true;
    const given = this.waiting.filter((message) => message.seq === seq);
    this.waiting = this.waiting.filter((message) => message.seq !== seq);
    for (const message of given) this.session.outbound.fail(message, errors.cancelled());
  }

  private answer(message: Message): void {
    const { outbound } = this.session;
    const call = new OpenCall(message.seq);
    outbound.hold(() => {
      try {
        const result = this.run(message, call);
        if (result instanceof Promise) this.answerLater(message, call, result);
        else outbound.respond(message, result);
      } catch (error) {
        outbound.fail(message, namedError(message, error));
      }
    });
  }

  private answerLater(message: Message, call: OpenCall, result: Promise<unknown>): void {
    const { outbound } = this.session;
    this.current = call;
    const finish = (respond: () => void): void => {
      this.current = undefined;
      outbound.hold(respond);
      this.goOn();
    };
    result.then(
      (body) => { finish(() => { outbound.respond(message, body); }); },
      (error: unknown) => { finish(() => { outbound.fail(message, namedError(message, error)); }); },
    );
  }

  private goOn(): void {
    while (!this.current) {
      const next = this.waiting.shift();
      if (!next) return;
      this.answer(next);
    }
  }

  private run(message: Message, call: OpenCall): unknown {
    const { command } = message;
    const request = this.requests.get(command);
    if (!request) throw errors.unknownRequest(command);
    if (!this.session.isInitialized && !ALWAYS.has(command)) throw errors.notInitialized(command);
    return request.run(this.session, message.arguments, call);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function namedError({ command }: Message, error: unknown): unknown {
  return error instanceof ShapeError ? errors.badArgument(command, error.argument, error.expected) : error;
}
