/**
 * Takes the client's messages in order. While a request works asynchronously (a launch that
 * reads files) the later ones wait, except `disconnect`, which always gets through.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { errors } from './errors.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';
import { ShapeError } from './shape.ts';

const URGENT = 'disconnect';

export class Dispatcher {
  private readonly waiting: DebugProtocol.Request[] = [];
  private readonly requests: ReadonlyMap<string, Request>;
  private busy = false;

  constructor(private readonly session: Session, requests: readonly Request[]) {
    this.requests = new Map(requests.map((request) => [request.command, request]));
  }

  handle(message: DebugProtocol.ProtocolMessage): void {
    if (!isRequest(message)) return;
    if (this.busy && message.command !== URGENT) this.waiting.push(message);
    else this.answer(message);
  }

  private answer(message: DebugProtocol.Request): void {
    const { outbound } = this.session;
    outbound.hold(() => {
      try {
        const result = this.run(message);
        if (result instanceof Promise) this.answerLater(message, result);
        else outbound.respond(message, result);
      } catch (error) {
        outbound.fail(message, namedError(message, error));
      }
    });
  }

  private answerLater(message: DebugProtocol.Request, result: Promise<unknown>): void {
    const { outbound } = this.session;
    this.busy = true;
    const finish = (respond: () => void): void => {
      this.busy = false;
      outbound.hold(respond);
      this.goOn();
    };
    result.then(
      (body) => { finish(() => { outbound.respond(message, body); }); },
      (error: unknown) => { finish(() => { outbound.fail(message, namedError(message, error)); }); },
    );
  }

  private goOn(): void {
    while (!this.busy) {
      const next = this.waiting.shift();
      if (!next) return;
      this.answer(next);
    }
  }

  private run(message: DebugProtocol.Request): unknown {
    const { command } = message;
    const request = this.requests.get(command);
    if (!request) throw errors.unknownRequest(command);
    if (!this.session.isInitialized && command !== 'initialize' && command !== URGENT) throw errors.notInitialized(command);
    return request.run(this.session, message.arguments);
  }
}

function isRequest(message: DebugProtocol.ProtocolMessage): message is DebugProtocol.Request {
  return message.type === 'request' && 'command' in message && typeof message.command === 'string';
}

function namedError({ command }: DebugProtocol.Request, error: unknown): unknown {
  return error instanceof ShapeError ? errors.badArgument(command, error.argument, error.expected) : error;
}
