/** spu_yield: the end of spu_run (facts 4). */
import type { Kernel } from '../../kernel.ts';
import { done, next, path, step, yieldCpu } from '../../path.ts';
import { SPU_CREATE } from '../createFlags.ts';
import { lockForWriting, releaseWriter } from '../stateSema.ts';
import type { SpuContext } from '../state.ts';
import { firstRunnable } from './contextQueue.ts';
import { deactivate } from './deactivate.ts';
import { bestPriority, slotOf } from './taskQueue.ts';
import { MAX_PRIO } from './timeslice.ts';

declare module '../../path.ts' {
  interface PathLocals {
    spu_yield: { readonly context: SpuContext };
  }
}

/** A waiter gets the SPE, else the context stays on it. */
export const spuYield = path('spu_yield', 'arch/powerpc/platforms/cell/spufs/sched.c', [
  step('lock the context', (_k, task, f) => lockForWriting(task, f.context) ?? next),
  step('nobody waits for an SPE: keep it, for whoever comes next', (k, _task, f) => {
    if (somebodyWaits(k) && slotOf(k, f.context) && (f.context.flags & SPU_CREATE.nosched) === 0) return next;
    const slot = slotOf(k, f.context);
    if (slot) slot.priority = MAX_PRIO;
    releaseWriter(k, f.context);
    return done(0);
  }),
  step('somebody waits: spu_deactivate', (k, _task, f) => {
    deactivate(k, f.context);
    releaseWriter(k, f.context);
    return next;
  }),
  step('let the waiter run first', () => yieldCpu),
  step('back again', () => done(0)),
]);

function somebodyWaits(k: Kernel): boolean {
  return bestPriority(k.state.spufs.runQueue) < MAX_PRIO || firstRunnable(k, MAX_PRIO) !== undefined;
}
