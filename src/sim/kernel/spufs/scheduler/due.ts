/** What the scheduler of SPEs does when its time has come: the reaper, or a tick (facts 4). */
import type { Kernel } from '../../kernel.ts';
import type { SpuContext } from '../state.ts';
import { reap } from './reaperWork.ts';
import { roundRobinDue, tick, tickMatters } from './tick.ts';

/** `context`: whose SPE it is about; undefined for a tick that is for all. */
export function schedulerDue(k: Kernel, spe: number, context: SpuContext | undefined): void {
  const slot = k.state.spufs.slots[spe];
  if (!context) tick(k);
  else if (slot && k.profile.scheduler === 'reaper') reap(k, slot, context);
  else if (slot) roundRobinDue(k, slot, context);
}

/** Nothing is due but ticks of the scheduler, and as things stand they take an SPE from nobody. */
export function hasOnlyIdleTicks(k: Kernel): boolean {
  if (k.profile.scheduler === 'reaper') return false;
  return k.state.events.every(({ action }) => action.kind === 'speScheduler') && !tickMatters(k);
}
