/** Getting hold of a context (facts 4.6): its state stays as it is until `releaseContext`. */
import type { FaultInFlight } from '../fault/state.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step } from '../path.ts';
import { downgradeWrite, downRead, downWrite, upRead, upWrite } from '../rwsem.ts';
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { slotOf } from './scheduler.ts';
import type { SpuContext } from './state.ts';

interface Acquisition {
  readonly context: SpuContext;
  /** The page fault on whose behalf the context is wanted. */
  readonly fault: FaultInFlight | undefined;
}

declare module '../path.ts' {
  interface PathLocals {
    spu_acquire: Acquisition;
    spu_acquire_runnable: Acquisition;
  }
}

/** Holds a context in whatever state it is. The wait cannot be interrupted. */
export const spuAcquire = path('spu_acquire', 'arch/powerpc/platforms/cell/spufs/context.c', [
  step('take state_sema for reading', (_k, task, f) => downRead(task, f.context.stateSema) ?? next),
  step('the context stays as it is until it is released', () => done(0)),
]);

/**
 * Holds a context that has an SPE, and gets it one when it has none: 0, or -EINVAL without an
 * owner, -ERESTARTSYS when a signal ended the wait, -EAGAIN; the context is held only after 0.
 */
export const spuAcquireRunnable = path('spu_acquire_runnable', 'arch/powerpc/platforms/cell/spufs/context.c', [
  step('take state_sema for reading', (_k, task, f) => downRead(task, f.context.stateSema) ?? next),
  step('a context on an SPE is ready: note the priority of who needs it', (k, task, f) => {
    const slot = slotOf(k, f.context);
    if (!slot) return next;
    slot.priority = task.priority;
    return done(0);
  }),
  step('take state_sema for writing instead', (k, task, f) => {
    upRead(k, task, f.context.stateSema);
    return next;
  }),
  step('(wait for its readers)', (_k, task, f) => downWrite(task, f.context.stateSema) ?? next),
  step('a context whose directory is closed has no owner: -EINVAL', (k, _task, f) => {
    if (f.context.owner) return next;
    upWrite(k, f.context.stateSema);
    return done(-ERRNO.EINVAL);
  }),
  step('bind it to an SPE', (_k, _task, f) => call('spu_activate', { ...f, spe: undefined, asleep: false })),
  step('no SPE: let go of the context and say why', (k, _task, f, { returned }) => {
    if (returned === 0) return goTo('bound');
    upWrite(k, f.context.stateSema);
    return done(returned);
  }),
  labelled('bound', 'others may read the state again', (k, task, f) => {
    downgradeWrite(k, task, f.context.stateSema);
    return done(0);
  }),
]);

/** Ends what `spu_acquire` or `spu_acquire_runnable` began. */
export function releaseContext(k: Kernel, task: Task, context: SpuContext): void {
  upRead(k, task, context.stateSema);
}
