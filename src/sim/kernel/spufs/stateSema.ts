/**
 * The state lock of a context (facts 3.1): who holds it can rely on where the context is. Up to
 * 2.6.20 it has readers, and a writer who moves the context; then it is a mutex. The scheduler
 * is no task: what it wants to do to a context that somebody holds is put off, new readers
 * queue behind it, and whoever releases the lock last does its work.
 */
import type { Kernel } from '../kernel.ts';
import { wait, type Verdict } from '../path.ts';
import type { Profile } from '../profile/profile.ts';
import { downgradeWrite, downRead, downWrite, upRead, upWrite } from '../rwsem.ts';
import { signalPending } from '../signal/pending.ts';
import type { Task } from '../state.ts';
import { doDeferred } from './scheduler/deferred.ts';
import type { SpuContext } from './state.ts';

/** Kernels whose state lock is a semaphore with readers. */
export function hasReaders({ stateLock }: Profile): boolean {
  return stateLock === 'semaphore';
}

/** Undefined when the lock is taken, else the wait that the step is to answer. */
export function lockForReading(k: Kernel, task: Task, context: SpuContext): Verdict | undefined {
  const { stateSema, deferred } = context;
  if (!hasReaders(k.profile)) return downWrite(task, stateSema);
  if (deferred.length > 0 && !stateSema.granted.includes(task.tid)) return wait(stateSema.queue, false);
  return downRead(task, stateSema);
}

/** Undefined when the lock is taken, else the wait that the step is to answer. */
export function lockForWriting(task: Task, { stateSema }: SpuContext): Verdict | undefined {
  return downWrite(task, stateSema);
}

/** As `lockForWriting`, but a pending signal ends the wait: `interrupted`. */
export function lockInterruptibly(task: Task, context: SpuContext): Verdict | 'interrupted' | undefined {
  const asleep = lockForWriting(task, context);
  if (asleep?.kind !== 'wait') return asleep;
  return task.interrupted || signalPending(task) ? 'interrupted' : wait(asleep.queue, true, true);
}

/** Ends what `lockForReading` began. */
export function releaseContext(k: Kernel, task: Task, context: SpuContext): void {
  const { stateSema: { readers } } = context;
  if (!hasReaders(k.profile)) {
    releaseWriter(k, context);
    return;
  }
  if (readers.length === 1 && readers[0] === task.tid) doDeferred(k, context);
  upRead(k, task, context.stateSema);
}

/** Ends what `lockForWriting` and `lockInterruptibly` began. */
export function releaseWriter(k: Kernel, context: SpuContext): void {
  doDeferred(k, context);
  upWrite(k, context.stateSema);
}

/** The writer goes on as a reader, where there are readers. */
export function becomeReader(k: Kernel, task: Task, context: SpuContext): void {
  if (hasReaders(k.profile)) downgradeWrite(k, task, context.stateSema);
}
