/** Tells the views that there is something new to ask for: only the fact, and not too often. */
import type { Machine } from '../../sim/machine.ts';
import type { AdapterHost } from '../host.ts';
import { CHANGED_EVENT } from '../protocol.ts';
import type { Outbound } from '../session/outbound.ts';

const INTERVAL_MS = 250;

export class Changes {
  private faults = 0;
  private made = 0;
  /** Simulated time of what the views have seen of the contexts. */
  private cycle = 0;
  private toldAt = -Infinity;

  constructor(private readonly outbound: Outbound, private readonly host: Pick<AdapterHost, 'now'>) {}

  /** A program begins, about which the views have to ask anyway. */
  begin({ state, cycle }: Machine): void {
    this.faults = state.faults.count;
    this.made = state.spufs.nextContext;
    this.cycle = cycle;
  }

  /** @param isStop The program has stopped or ended: what has changed since the last time is told at once. */
  update({ state, cycle }: Machine, isStop = false): void {
    if (!isStop && this.host.now() - this.toldAt < INTERVAL_MS) return;
    const { spufs } = state;
    const faults = state.faults.count !== this.faults;
    // While time goes by with a context there, its registers, its state and its queues may all become different.
    const contexts = spufs.nextContext !== this.made || (spufs.contexts.size > 0 && (isStop || cycle !== this.cycle));
    if (!faults && !contexts) return;
    this.faults = state.faults.count;
    this.made = spufs.nextContext;
    this.cycle = cycle;
    this.toldAt = this.host.now();
    this.outbound.event(CHANGED_EVENT, { faults, contexts });
  }
}
