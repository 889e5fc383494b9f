/** find_victim: a real-time context takes the SPE of the context with the worst priority (facts 4.3, 4.4). */
import type { Kernel } from '../../kernel.ts';
import { isHeld } from '../../rwsem.ts';
import { unbindContext } from '../bind.ts';
import { SPU_CREATE } from '../createFlags.ts';
import type { SpuContext } from '../state.ts';
import { addToRunQueue } from './contextQueue.ts';
import { tellRunner } from './deactivate.ts';
import { isRealtimePriority, MAX_RT_PRIO } from './timeslice.ts';

/**
 * Takes an SPE from a context of worse priority: its number, or undefined. Linux tries again for
 * as long as the worst one is locked by somebody; here that one is passed over.
 */
export function takeFromVictim(k: Kernel, { schedule: { priority } }: SpuContext): number | undefined {
  if (!isRealtimePriority(priority)) return undefined;
  let victim: SpuContext | undefined;
  for (const { context } of k.state.spufs.slots) {
    if (!context || isHeld(context.stateSema) || !mayBeMoved(k, context)) continue;
    if (rank(k, context) > priority && (!victim || rank(k, context) > rank(k, victim))) victim = context;
  }
  if (victim?.spe === undefined) return undefined;
  const { spe } = victim;
  unbindContext(k, victim);
  victim.statistics.involuntarySwitches += 1;
  if (k.profile.scheduler !== 'async') tellRunner(k, victim);
  else if (victim.schedule.inSpuRun) addToRunQueue(k, victim);
  return spe;
}

/** 2.6.21 compares real-time priorities, which all others have none of. */
function rank({ profile: { scheduler } }: Kernel, { schedule: { priority } }: SpuContext): number {
  return scheduler === 'rr' ? Math.min(priority, MAX_RT_PRIO) : priority;
}

/** Up to 2.6.24 not even SPU_CREATE_NOSCHED protects a context. */
function mayBeMoved({ profile: { scheduler } }: Kernel, { flags }: SpuContext): boolean {
  return scheduler !== 'async' || (flags & SPU_CREATE.nosched) === 0;
}
