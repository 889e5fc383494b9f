/** spu_prio_wait of 2.6.18 to 2.6.20: a thread sleeps at its priority until an SPE is idle, with state_sema released (facts 4.1, 4.2). */
import { faultSleeps, faultWoke } from '../../fault/inFlight.ts';
import type { Kernel } from '../../kernel.ts';
import { wait, type Verdict } from '../../path.ts';
import type { Task } from '../../state.ts';
import { releaseWriter } from '../stateSema.ts';
import type { Activation } from './activation.ts';
import { beginWait, endWait } from './taskQueue.ts';
import { waitBegins, waitEnds } from './waiting.ts';

/** Ends the sleep that `sleepAtPriority` began; false where the thread did not sleep. */
export function hasWoken(k: Kernel, task: Task, f: Activation): boolean {
  if (f.sleepingAt === undefined) return false;
  endWait(k.state.spufs.runQueue, f.sleepingAt);
  waitEnds(k, f.context);
  f.sleepingAt = undefined;
  if (f.fault) faultWoke(k, task, f.fault);
  return true;
}

/** The step that answers this runs again when the thread is woken; then `hasWoken` comes first. */
export function sleepAtPriority(k: Kernel, task: Task, f: Activation): Verdict {
  f.sleepingAt = task.priority;
  const sleepers = beginWait(k.state.spufs.runQueue, task.priority);
  waitBegins(k, f.context);
  releaseWriter(k, f.context);
  return f.fault ? faultSleeps(k, f.fault, sleepers, true, true) : wait(sleepers, true, true);
}
