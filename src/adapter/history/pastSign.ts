/** Shows the user whether the program is in the past, and says when that changes. */
import type { Machine } from '../../sim/machine.ts';
import { TIME_EVENT } from '../protocol.ts';
import type { GuestOutput } from '../run/guestOutput.ts';
import type { Outbound } from '../session/outbound.ts';

export class PastSign {
  private wasPast = false;

  constructor(private readonly outbound: Outbound, private readonly output: GuestOutput) {}

  /** A program begins, in the present. */
  begin(): void {
    if (this.wasPast) this.outbound.event(TIME_EVENT, { isPast: false, cycle: 0, present: 0 });
    this.wasPast = false;
  }

  /** @returns what a stop says of it; undefined in the present. */
  update({ history, cycle }: Machine, isStop: boolean): string | undefined {
    const isPast = history?.isPast === true;
    if (!history || (!isPast && !this.wasPast)) return undefined;
    const present = history.presentCycle;
    if (isStop || !isPast) this.outbound.event(TIME_EVENT, { isPast, cycle, present });
    const text = `in the past: cycle ${String(cycle)} of ${String(present)}`;
    if (isPast && !this.wasPast && isStop) {
      this.output.console('You are in the past. What the program does up to the present it does again, with the same input, and prints nothing twice; an edit begins a new future.');
    }
    if (!isPast) this.output.console('You are back in the present.');
    this.wasPast = isPast;
    return isPast ? text : undefined;
  }

  /** An edit or an input in the past. */
  newFuture(cycle: number): void {
    this.output.console(`You have changed the past: what happened after cycle ${String(cycle)} is forgotten, and a new future begins here.`);
    this.output.flushAll();
    this.outbound.event(TIME_EVENT, { isPast: false, cycle, present: cycle });
    this.wasPast = false;
  }
}
