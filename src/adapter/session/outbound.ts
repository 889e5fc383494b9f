/**
 * Everything that goes to the client, in order. Events that a request causes while it is
 * being answered wait for its response.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { CHANGED_EVENT, ChangedBody, COMPARING_EVENT, ComparingBody, TIME_EVENT, TimeBody } from '../protocol.ts';
import { errors, RequestError } from './errors.ts';

/** Bodies of the events that this adapter sends. */
export interface EventBodies {
  initialized: undefined;
  stopped: DebugProtocol.StoppedEvent['body'];
  continued: DebugProtocol.ContinuedEvent['body'];
  exited: DebugProtocol.ExitedEvent['body'];
  terminated: DebugProtocol.TerminatedEvent['body'];
  thread: DebugProtocol.ThreadEvent['body'];
  output: DebugProtocol.OutputEvent['body'];
  breakpoint: DebugProtocol.BreakpointEvent['body'];
  progressStart: DebugProtocol.ProgressStartEvent['body'];
  progressUpdate: DebugProtocol.ProgressUpdateEvent['body'];
  progressEnd: DebugProtocol.ProgressEndEvent['body'];
  memory: DebugProtocol.MemoryEvent['body'];
  invalidated: DebugProtocol.InvalidatedEvent['body'];
  [CHANGED_EVENT]: ChangedBody;
  [COMPARING_EVENT]: ComparingBody;
  [TIME_EVENT]: TimeBody;
}

export class Outbound {
  private sequence = 0;
  private held: (() => void)[] | undefined;

  constructor(private readonly send: (message: DebugProtocol.ProtocolMessage) => void) {}

  event<K extends keyof EventBodies>(event: K, body: EventBodies[K]): void {
    this.later(() => { this.now(event, body); });
  }

  /** An event that does not wait for a response that is being made: it tells how far the request is. */
  now<K extends keyof EventBodies>(event: K, body: EventBodies[K]): void {
    const message: DebugProtocol.Event = { seq: this.next(), type: 'event', event, ...(body === undefined ? {} : { body }) };
    this.send(message);
  }

  respond(request: DebugProtocol.Request, body: unknown): void {
    const response: DebugProtocol.Response = {
      seq: this.next(), type: 'response', request_seq: request.seq, command: request.command, success: true,
      ...(body === undefined ? {} : { body }),
    };
    this.send(response);
  }

  fail(request: DebugProtocol.Request, reason: unknown): void {
    const error = reason instanceof RequestError ? reason : errors.internal(request.command, reason instanceof Error ? reason.message : String(reason));
    const body: DebugProtocol.ErrorResponse['body'] = { error: { id: error.id, format: error.message, showUser: error.showUser } };
    const response: DebugProtocol.Response = {
      seq: this.next(), type: 'response', request_seq: request.seq, command: request.command, success: false, message: error.message, body,
    };
    this.send(response);
  }

  /** Runs `answer`, which sends a response, and lets the events that it caused follow. */
  hold(answer: () => void): void {
    if (this.held) {
      answer();
      return;
    }
    const waiting: (() => void)[] = [];
    this.held = waiting;
    try {
      answer();
    } finally {
      this.held = undefined;
      for (const send of waiting) send();
    }
  }

  /** Does something once the response that is being made has gone out. */
  later(action: () => void): void {
    if (this.held) this.held.push(action);
    else action();
  }

  private next(): number {
    this.sequence += 1;
    return this.sequence;
  }
}
