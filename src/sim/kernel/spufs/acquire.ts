/** Getting hold of a context (facts 4.6): its state stays as it is until `releaseContext`. */
import type { FaultInFlight } from '../fault/state.ts';
import { call, done, goTo, labelled, next, path, step } from '../path.ts';
import { ERRNO } from '../syscall/errno.ts';
import { deactivate } from './deactivate.ts';
import { slotOf } from './runQueue.ts';
import { becomeReader, lockForReading, lockForWriting, releaseContext, releaseWriter } from './stateSema.ts';
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
    spu_acquire_saved: Acquisition;
  }
}

const FILE = 'arch/powerpc/platforms/cell/spufs/context.c';

/** Holds a context in whatever state it is. The wait cannot be interrupted. */
export const spuAcquire = path('spu_acquire', FILE, [
  step('take state_sema for reading: the context stays as it is until it is released', (_k, task, f) => lockForReading(task, f.context) ?? done(0)),
]);

/**
 * Holds a context that has an SPE, and gets it one when it has none: 0, or -EINVAL without an
 * owner, -ERESTARTSYS when a signal ended the wait, -EAGAIN; the context is held only after 0.
 */
export const spuAcquireRunnable = path('spu_acquire_runnable', FILE, [
  step('take state_sema for reading', (_k, task, f) => lockForReading(task, f.context) ?? next),
  step('a context on an SPE is ready: note the priority of who needs it', (k, task, f) => {
    const slot = slotOf(k, f.context);
    if (!slot) return next;
    slot.priority = task.priority;
    return done(0);
  }),
  step('release state_sema ...', (k, task, f) => {
    releaseContext(k, task, f.context);
    return next;
  }),
  step('... and take it for writing', (_k, task, f) => lockForWriting(task, f.context) ?? next),
  step('a context whose directory is closed has no owner: -EINVAL', (k, _task, f) => {
    if (f.context.owner) return next;
    releaseWriter(k, f.context);
    return done(-ERRNO.EINVAL);
  }),
  step('bind it to an SPE', (_k, _task, f) => call('spu_activate', { ...f, spe: undefined, sleepingAt: undefined })),
  step('no SPE: let go of the context and say why', (k, _task, f, { returned }) => {
    if (returned === 0) return goTo('bound');
    releaseWriter(k, f.context);
    return done(returned);
  }),
  labelled('bound', 'others may read the state again', (k, task, f) => {
    becomeReader(k, task, f.context);
    return done(0);
  }),
]);

/** Holds a context that is SAVED, and takes it off its SPE when it is on one. Its spu_run hears nothing of it (facts 4.6). */
export const spuAcquireSaved = path('spu_acquire_saved', FILE, [
  step('take state_sema for reading', (_k, task, f) => lockForReading(task, f.context) ?? next),
  step('a SAVED context is ready', (_k, _task, f) => (f.context.state === 'SAVED' ? done(0) : next)),
  step('release state_sema ...', (k, task, f) => {
    releaseContext(k, task, f.context);
    return next;
  }),
  step('... and take it for writing', (_k, task, f) => lockForWriting(task, f.context) ?? next),
  step('spu_deactivate: save it, its SPE becomes idle', (k, _task, f) => {
    deactivate(k, f.context);
    return next;
  }),
  step('others may read the state again', (k, task, f) => {
    becomeReader(k, task, f.context);
    return done(0);
  }),
]);
