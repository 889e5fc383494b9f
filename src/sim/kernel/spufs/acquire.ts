/** Getting hold of a context (facts 4.6): its state stays as it is until `releaseContext`. */
import { faultSleeps, faultWoke } from '../fault/inFlight.ts';
import type { FaultInFlight } from '../fault/state.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, stepWhen, type Verdict } from '../path.ts';
import type { Profile } from '../profile/profile.ts';
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { newActivation } from './scheduler/activation.ts';
import { deactivate } from './scheduler/deactivate.ts';
import { slotOf } from './scheduler/taskQueue.ts';
import { becomeReader, hasReaders, lockForReading, lockForWriting, lockInterruptibly, releaseContext, releaseWriter } from './stateSema.ts';
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
    spu_release_saved: Acquisition;
  }
}

const FILE = 'arch/powerpc/platforms/cell/spufs/context.c';

/** Holds a context in whatever state it is: 0, or from 2.6.25 on -EINTR when a signal ended the wait. */
export const spuAcquire = path('spu_acquire', FILE, [
  stepWhen((profile) => !isInterruptible(profile), 'lock the context: it stays as it is until it is released', (k, task, f) => lockForReading(k, task, f.context) ?? done(0)),
  stepWhen(isInterruptible, 'lock state_mutex; a signal ends the wait: -EINTR', lockOrGiveUp),
]);

/**
 * Holds a context that has an SPE, and gets it one when it has none: 0, or -EINVAL without an
 * owner, -ERESTARTSYS when a signal ended the wait, -EAGAIN; the context is held only after 0.
 */
export const spuAcquireRunnable = path('spu_acquire_runnable', FILE, [
  step('lock the context', (k, task, f) => lockForReading(k, task, f.context) ?? next),
  step('a context on an SPE is ready; up to 2.6.20 it notes the priority of who needs it', (k, task, f) => {
    const slot = slotOf(k, f.context);
    if (!slot) return next;
    slot.priority = task.priority;
    return done(0);
  }),
  stepWhen(hasReaders, 'release state_sema ...', (k, task, f) => {
    releaseContext(k, task, f.context);
    return next;
  }),
  stepWhen(hasReaders, '... and take it for writing', (_k, task, f) => lockForWriting(task, f.context) ?? next),
  step('a context whose directory is closed has no owner: -EINVAL', (k, _task, f) => {
    if (f.context.owner) return next;
    releaseWriter(k, f.context);
    return done(-ERRNO.EINVAL);
  }),
  step('bind it to an SPE', (_k, _task, f) => call('spu_activate', newActivation(f.context, f.fault))),
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

/**
 * Holds a context that is SAVED, and takes it off its SPE when it is on one: 0, or from 2.6.25 on
 * -EINTR. Up to 2.6.22 its spu_run hears nothing of it.
 */
export const spuAcquireSaved = path('spu_acquire_saved', FILE, [
  step('lock the context', (_k, _task, f) => call('spu_acquire', f)),
  step('a SAVED context is ready', (_k, _task, f, { returned }) => (returned !== 0 || f.context.state === 'SAVED' ? done(returned) : next)),
  stepWhen(hasReaders, 'release state_sema ...', (k, task, f) => {
    releaseContext(k, task, f.context);
    return next;
  }),
  stepWhen(hasReaders, '... and take it for writing', (_k, task, f) => lockForWriting(task, f.context) ?? next),
  step('spu_deactivate: save it, its SPE becomes idle', (k, _task, { context }) => {
    context.schedule.wasActive = context.state === 'RUNNABLE';
    deactivate(k, context);
    return next;
  }),
  step('others may read the state again', (k, task, f) => {
    becomeReader(k, task, f.context);
    return done(0);
  }),
]);

/** Ends what `spu_acquire_saved` began. From 2.6.23 on the context gets an SPE again if it had one. */
export const spuReleaseSaved = path('spu_release_saved', FILE, [
  stepWhen(({ savedResumes }) => savedResumes, 'it had an SPE: give it one again; from 2.6.25 on only if somebody is in spu_run for it', (k, _task, { context, fault }) => {
    const { schedule } = context;
    const resumes = schedule.wasActive && (schedule.inSpuRun || k.profile.scheduler !== 'async');
    schedule.wasActive = false;
    return resumes && context.owner ? call('spu_activate', newActivation(context, fault)) : next;
  }),
  step('let go of the context', (k, task, f) => {
    releaseContext(k, task, f.context);
    return done(0);
  }),
]);

function lockOrGiveUp(k: Kernel, task: Task, { context, fault }: Acquisition): Verdict {
  if (fault) faultWoke(k, task, fault);
  const asleep = fault?.interruptible === false ? lockForWriting(task, context) : lockInterruptibly(task, context);
  if (asleep === 'interrupted') return done(-ERRNO.EINTR);
  return asleep?.kind === 'wait' && fault ? faultSleeps(k, fault, asleep.queue, asleep.interruptible, asleep.exclusive) : asleep ?? done(0);
}

function isInterruptible({ stateLock }: Profile): boolean {
  return stateLock === 'interruptible';
}
