/** The form of a request: what it is called, what it is given, what it answers. One file each in `requests/`. */
import type { Call } from './call.ts';
import type { Session } from './session.ts';
import type { Reader } from './shape.ts';

export interface Request {
  readonly command: string;
  /** Checks the arguments and does the work; answers the body of the response. Throws `RequestError` or `ShapeError`. */
  readonly run: (session: Session, args: unknown, call: Call) => unknown;
}

/** Defines a request. `B` is the body of its response in the protocol's types. */
export function request<A, B>(command: string, read: Reader<A>, handle: (session: Session, args: A, call: Call) => B | Promise<B>): Request {
  return { command, run: (session, args, call) => handle(session, read(args, ''), call) };
}
