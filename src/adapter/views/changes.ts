/** Tells the views that there is something new to ask for: only the fact, and not too often. */
import type { Machine } from '../../sim/machine.ts';
import type { AdapterHost } from '../host.ts';
import { CHANGED_EVENT } from '../protocol.ts';
import type { Outbound } from '../session/outbound.ts';

const INTERVAL_MS = 250;

export class Changes {
  private faults = 0;
  private made = 0;
  private toldAt = -Infinity;

  constructor(private readonly outbound: Outbound, private readonly host: Pick<AdapterHost, 'now'>) {}

  /** A program begins, about which the views have to ask anyway. */
  begin({ state }: Machine): void {
    this.faults = state.faults.count;
    this.made = state.spufs.nextContext;
  }

  /** @param isStop The program has stopped or ended: registers and states of contexts may all be different. */
  update({ state }: Machine, isStop = false): void {
    if (!isStop && this.host.now() - this.toldAt < INTERVAL_MS) return;
    const { spufs } = state;
    const faults = state.faults.count !== this.faults;
    const contexts = spufs.nextContext !== this.made || (isStop && spufs.contexts.size > 0);
    if (!faults && !contexts) return;
    this.faults = state.faults.count;
    this.made = spufs.nextContext;
    this.toldAt = this.host.now();
    this.outbound.event(CHANGED_EVENT, { faults, contexts });
  }
}
