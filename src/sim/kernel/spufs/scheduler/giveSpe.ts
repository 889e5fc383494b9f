/** spu_schedule: from 2.6.25 on the scheduler itself puts contexts on SPEs (facts 4.5). */
import type { Kernel } from '../../kernel.ts';
import { isHeld } from '../../rwsem.ts';
import { wakeAll } from '../../wait.ts';
import { bindContext } from '../bind.ts';
import type { SpuContext } from '../state.ts';
import { sliceTicks } from './timeslice.ts';

/** Puts a waiting context on an SPE that is free for it; where somebody holds the context, as soon as it is let go. */
export function giveSpe(k: Kernel, context: SpuContext, spe: number): void {
  if (isHeld(context.stateSema)) context.deferred.push({ kind: 'bind', spe });
  else bindNow(k, context, spe);
}

/** __spu_schedule: the state lock is held, or nobody wants it. */
export function bindNow(k: Kernel, context: SpuContext, spe: number): void {
  const { schedule } = context;
  if (context.state === 'RUNNABLE') {
    k.state.spufs.runQueue.idle.push(spe);
    return;
  }
  schedule.timeSlice = sliceTicks(schedule.priority, k.profile.hz);
  bindContext(k, context, spe, schedule.priority);
  wakeAll(k, context.boundQueue);
}
