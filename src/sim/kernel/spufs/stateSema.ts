/**
 * The state lock of a context (facts 3.1): its readers can rely on where the context is, its
 * writer moves it. The reaper is a writer that is no task: while it waits new readers queue
 * behind it, and whoever releases the lock last does its work.
 */
import type { Kernel } from '../kernel.ts';
import { wait, type Verdict } from '../path.ts';
import { downgradeWrite, downRead, downWrite, upRead, upWrite } from '../rwsem.ts';
import type { Task } from '../state.ts';
import { reapNow } from './deactivate.ts';
import type { SpuContext } from './state.ts';

/** Undefined when the lock is taken, else the wait that the step is to answer. */
export function lockForReading(task: Task, { stateSema, reaperWaits }: SpuContext): Verdict | undefined {
  if (reaperWaits && !stateSema.granted.includes(task.tid)) return wait(stateSema.queue, false);
  return downRead(task, stateSema);
}

/** Undefined when the lock is taken, else the wait that the step is to answer. */
export function lockForWriting(task: Task, { stateSema }: SpuContext): Verdict | undefined {
  return downWrite(task, stateSema);
}

/** Ends what `lockForReading` began. */
export function releaseContext(k: Kernel, task: Task, context: SpuContext): void {
  const { stateSema: { readers }, reaperWaits } = context;
  if (reaperWaits && readers.length === 1 && readers[0] === task.tid) reapNow(k, context);
  upRead(k, task, context.stateSema);
}

/** Ends what `lockForWriting` began. */
export function releaseWriter(k: Kernel, context: SpuContext): void {
  if (context.reaperWaits) reapNow(k, context);
  upWrite(k, context.stateSema);
}

/** The writer goes on as a reader. */
export function becomeReader(k: Kernel, task: Task, context: SpuContext): void {
  downgradeWrite(k, task, context.stateSema);
}
