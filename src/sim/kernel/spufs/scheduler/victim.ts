/** find_victim: a real-time context takes the SPE of the context with the worst priority (facts 4.3, 4.4). */
import type { Kernel } from '../../kernel.ts';
import { goTo, labelled, type Step } from '../../path.ts';
import { isHeld } from '../../rwsem.ts';
import { unbindContext } from '../bind.ts';
import { SPU_CREATE } from '../createFlags.ts';
import type { SpuContext } from '../state.ts';
import { lockForWriting, releaseWriter } from '../stateSema.ts';
import type { Activation } from './activation.ts';
import { addToRunQueue } from './contextQueue.ts';
import { tellRunner } from './deactivate.ts';
import { takeIdle } from './idle.ts';
import { isRealtimePriority, MAX_RT_PRIO } from './timeslice.ts';

/** An idle SPE, or for a real-time context that of the worst one: its number. Without one `f.victim` is a context that somebody holds, if there is one. */
export function findSpe(k: Kernel, f: Activation): number | undefined {
  f.victim = undefined;
  return takeIdle(k, f.context) ?? (isRealtimePriority(f.context.schedule.priority) ? takeFromVictim(k, f) : undefined);
}

/** The worst context is held by somebody: waits until it is let go, where Linux tries again without a pause. Then `label` follows. */
export function waitForVictim(name: string, label: string): Step<Activation> {
  return labelled(name, 'the worst context is locked: wait until it is let go, and look again', (k, task, f) => {
    const asleep = f.victim && lockForWriting(task, f.victim);
    if (asleep) return asleep;
    if (f.victim) releaseWriter(k, f.victim);
    return goTo(label);
  });
}

function takeFromVictim(k: Kernel, f: Activation): number | undefined {
  let victim: SpuContext | undefined;
  for (const { context } of k.state.spufs.slots) {
    if (!context || !mayBeMoved(k, context) || rank(k, context) <= f.context.schedule.priority) continue;
    if (!victim || rank(k, context) > rank(k, victim)) victim = context;
  }
  if (victim?.spe === undefined) return undefined;
  if (isHeld(victim.stateSema)) {
    f.victim = victim;
    return undefined;
  }
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
