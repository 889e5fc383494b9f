/** Time slices: the delayed work of SCHED_RR in 2.6.21, the tick of the scheduler's thread from 2.6.23 on (facts 4.3 to 4.5). */
import type { Kernel } from '../../kernel.ts';
import { isHeld } from '../../rwsem.ts';
import { wakeOne } from '../../wait.ts';
import { unbindContext } from '../bind.ts';
import { SPU_CREATE } from '../createFlags.ts';
import type { SpeSlot, SpuContext } from '../state.ts';
import { addToRunQueue, armTick, firstRunnable, grabRunnable } from './contextQueue.ts';
import { deactivate, freeSpe, passOn, tellRunner } from './deactivate.ts';
import { slotOf } from './taskQueue.ts';
import { cycleAfter, sliceTicks } from './timeslice.ts';

/** spu_start_tick: a context of SCHED_RR is looked at a second after it got its SPE. */
export function startRoundRobin(k: Kernel, context: SpuContext): void {
  const slot = slotOf(k, context);
  if (k.profile.scheduler !== 'rr' || context.schedule.policy !== 'rr' || !slot) return;
  slot.tickAt = cycleAfter(k, k.profile.hz);
  k.schedule(slot.tickAt, { kind: 'speScheduler', spe: slot.spe, context });
}

/** The second is over. */
export function roundRobinDue(k: Kernel, { tickAt, context }: SpeSlot, of: SpuContext): void {
  if (context !== of || tickAt === undefined || k.now() < tickAt) return;
  if (isHeld(of.stateSema)) of.deferred.push({ kind: 'tick' });
  else roundRobin(k, of);
}

/** The state lock is free: an equal or better context takes the SPE, or another second begins. */
export function roundRobin(k: Kernel, context: SpuContext): void {
  if (context.state !== 'RUNNABLE') return;
  if (!firstRunnable(k, context.schedule.priority + 1)) {
    startRoundRobin(k, context);
    return;
  }
  deactivate(k, context);
  tellRunner(k, context);
}

/** The scheduler's thread looks at every context that is on an SPE, while any waits. */
export function tick(k: Kernel): void {
  const { runQueue, slots } = k.state.spufs;
  if (runQueue.tickAt === undefined || k.now() < runQueue.tickAt) return;
  armTick(k);
  for (const { context } of slots) {
    if (!context) continue;
    if (k.profile.scheduler === 'timeslice') timesliceTick(k, context);
    else if (isHeld(context.stateSema)) context.deferred.push({ kind: 'tick' });
    else asynchronousTick(k, context);
  }
}

/** spusched_tick of 2.6.23: at the end of its slice a context gives way to an equal or better one. */
function timesliceTick(k: Kernel, context: SpuContext): void {
  const { schedule, spe } = context;
  if (spe === undefined || isExempt(context)) return;
  schedule.timeSlice -= 1;
  if (schedule.timeSlice > 0) return;
  if (isHeld(context.stateSema)) {
    schedule.timeSlice += 1;
    return;
  }
  const next = grabRunnable(k, schedule.priority + 1);
  if (next) {
    unbindContext(k, context);
    context.statistics.involuntarySwitches += 1;
    freeSpe(k, spe);
    wakeOne(k, next.stopQueue);
    tellRunner(k, context);
  }
  schedule.timeSlice = sliceTicks(schedule.priority, k.profile.hz);
}

/** spusched_tick of 2.6.25: a context that nobody runs gives way at once. */
export function asynchronousTick(k: Kernel, context: SpuContext): void {
  const { schedule, spe } = context;
  if (spe === undefined || isExempt(context)) return;
  schedule.timeSlice -= 1;
  if (schedule.timeSlice > 0 && schedule.inSpuRun) return;
  const next = grabRunnable(k, schedule.priority + 1);
  if (!next) {
    schedule.timeSlice = Math.max(schedule.timeSlice, 1);
    return;
  }
  unbindContext(k, context);
  context.statistics.involuntarySwitches += 1;
  if (schedule.inSpuRun) addToRunQueue(k, context);
  passOn(k, spe, next);
}

/** Whether a tick could take an SPE from anybody, as things stand. */
export function tickMatters(k: Kernel): boolean {
  return k.state.spufs.slots.some(({ context }) => context && !isExempt(context) && firstRunnable(k, context.schedule.priority + 1));
}

function isExempt({ flags, schedule: { policy } }: SpuContext): boolean {
  return (flags & SPU_CREATE.nosched) !== 0 || policy === 'fifo';
}
