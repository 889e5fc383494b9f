/** Tells the views that there is something new to ask for: only the fact, and not too often. */
import type { Machine } from '../../sim/machine.ts';
import type { AdapterHost } from '../host.ts';
import type { Outbound } from '../session/outbound.ts';

const INTERVAL_MS = 250;

export class Changes {
  private faults = 0;
  private contexts = 0;
  private toldAt = -Infinity;

  constructor(private readonly outbound: Outbound, private readonly host: Pick<AdapterHost, 'now'>) {}

  /** @param isStop The program has stopped or ended: registers and states of contexts may all be different. */
  update({ state }: Machine, isStop = false): void {
    if (!isStop && this.host.now() - this.toldAt < INTERVAL_MS) return;
    const faults = state.faults.count !== this.faults;
    const contexts = isStop ? state.spufs.contexts.size > 0 || this.contexts > 0 : state.spufs.nextContext !== this.contexts;
    if (!faults && !contexts) return;
    this.faults = state.faults.count;
    this.contexts = state.spufs.nextContext;
    this.toldAt = this.host.now();
    this.outbound.event('refault/changed', { faults, contexts });
  }
}
