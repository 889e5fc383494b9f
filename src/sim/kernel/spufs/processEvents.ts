/** What the thread in spu_run serves for its SPE: page faults of its DMA, and errors (facts 3.7, 5). */
import { INTERRUPT, clearInterrupts, interruptStatus } from '../../spe/interrupts.ts';
import { restartDma } from '../../spe/mfc.ts';
import { SPU_STATUS } from '../../spe/spe.ts';
import { speFaultLocals } from '../fault/speFault.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, stepWhen } from '../path.ts';
import { signalPending } from '../signal/pending.ts';
import { ERRNO, RESTART } from '../syscall/errno.ts';
import { speOf } from './bind.ts';
import { reportErrors } from './errors.ts';
import { lockForReading, releaseContext } from './stateSema.ts';
import type { SpuContext } from './state.ts';

interface SpuEvents {
  readonly context: SpuContext;
  /** What became of its page fault. */
  served?: number;
}

declare module '../path.ts' {
  interface PathLocals {
    spu_process_events: SpuEvents;
  }
}

/** What the SPE raised while its thread slept: 0, or a negative errno that ends the run. The context is locked. */
export const spuProcessEvents = path('spu_process_events', 'arch/powerpc/platforms/cell/spufs/run.c', [
  step('a class 1 storage fault: its address and cause', (k, _task, { context }) => {
    const spe = speOf(k, context);
    if ((interruptStatus(spe, 1) & INTERRUPT.storageFault) === 0) return goTo('errors');
    clearInterrupts(spe, 1, INTERRUPT.storageFault);
    return next;
  }),
  step('have the page brought in; from 2.6.22 on without holding the context', (k, task, { context }) => {
    const locals = speFaultLocals(k, task, context);
    if (!k.profile.faultHoldsContext) releaseContext(k, task, context);
    return call('spu_handle_mm_fault', locals);
  }),
  step('note what became of it', (_k, _task, f, { returned }) => {
    f.served = returned;
    return next;
  }),
  stepWhen(({ faultHoldsContext }) => !faultHoldsContext, 'lock the context again: it may have moved', (k, task, f) => lockForReading(k, task, f.context) ?? next),
  step('served: restart the DMA, the access is made again; not served: that ends the run', (k, _task, f) => {
    const { served = 0 } = f;
    if (served !== 0) return done(served);
    restartDma(speOf(k, f.context), k.now());
    return next;
  }),
  labelled('errors', 'class 0 errors become signals, or events', (k, task, f) =>
    (reportErrors(k, task, f.context) ? done(-ERRNO.EIO) : next)),
  step('a pending signal ends the run', (_k, task) => done(signalPending(task) ? -RESTART.ERESTARTSYS : 0)),
]);

/** spu_stopped: the SPU is not running, has an interrupt to serve, or up to 2.6.24 has no SPE. */
export function needsAttention(k: Kernel, context: SpuContext): boolean {
  if (context.state !== 'RUNNABLE' && k.profile.scheduler !== 'async') return true;
  const spe = speOf(k, context);
  if ((spe.state.run.status & SPU_STATUS.running) === 0) return true;
  return interruptStatus(spe, 0) !== 0 || interruptStatus(spe, 1) !== 0;
}
