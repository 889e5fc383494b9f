/** A way through the history of a program, to a place that has to be found first. */
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import type { History } from '../../sim/history/history.ts';
import type { Checkpoint } from '../../sim/history/checkpoint.ts';
import type { StopCause } from '../run/stopped.ts';
import type { Debuggee } from '../session/debuggee.ts';
import type { Session } from '../session/session.ts';
import { installBreakpoints } from '../breakpoints/installed.ts';

/** Where a way ends, and what the user is told. The thread by its number: its object may not be there yet. */
export interface Arrival {
  readonly cause: StopCause;
  readonly threadId: number | undefined;
}

export interface Journey {
  /** Goes on for about so many cycles. */
  advance(cycles: number): Arrival | 'on the way';
  /** Whether the machine is to stop on a fault, now. */
  stopsOn(record: FaultRecord): boolean;
}

/** What every journey works with. */
export interface Traveller {
  readonly debuggee: Debuggee;
  readonly history: History;
  readonly breakpoints: Session['breakpoints'];
  readonly filters: Session['filters'];
  /** Number of the thread that was looked at when the journey began. */
  readonly threadId: number | undefined;
}

export const BEGINNING: Arrival = { cause: { kind: 'beginning' }, threadId: undefined };

/** Nothing is to stop the program on its way. */
export function unwatched({ debuggee }: Pick<Traveller, 'debuggee'>): void {
  debuggee.machine.control.stepping = undefined;
  installBreakpoints(debuggee, [], undefined, undefined);
}

export function restoreFirst({ history }: Pick<Traveller, 'history'>): void {
  const [first] = history.checkpoints;
  if (first) history.restore(first);
}

/** The last checkpoint from which a place can be reached: at the place itself, or before it. */
export function checkpointFor(history: History, place: number): Checkpoint | undefined {
  return history.before(place + 1);
}
