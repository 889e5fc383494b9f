/** What the scheduler of SPEs does when its time has come: the reaper, or a tick (facts 4). */
import type { Kernel } from '../../kernel.ts';
import type { SpuContext } from '../state.ts';
import { reap } from './reaperWork.ts';
import { roundRobinDue, tick } from './tick.ts';

/** `context`: whose SPE it is about; undefined for a tick that is for all. */
export function schedulerDue(k: Kernel, spe: number, context: SpuContext | undefined): void {
  const slot = k.state.spufs.slots[spe];
  if (!context) tick(k);
  else if (slot && k.profile.scheduler === 'reaper') reap(k, slot, context);
  else if (slot) roundRobinDue(k, slot, context);
}
