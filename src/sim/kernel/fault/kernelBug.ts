/** BUG(): the kernel finds itself in a state that cannot be, and ends whoever it works for on the spot (facts 2.2 step 7, 8.16). */
import type { Kernel } from '../kernel.ts';
import { call, type Verdict } from '../path.ts';
import { SIGNAL } from '../signal/numbers.ts';
import type { Task } from '../state.ts';
import { exitOf } from '../task/exit.ts';

/** Nothing is unwound: a lock that the thread holds, mmap_sem above all, stays taken for ever. */
export function kernelBug(k: Kernel, task: Task, where: string): Verdict {
  k.notice(`kernel BUG in ${where}: an answer that Linux ${k.profile.name} does not know. Thread ${String(task.tid)} (${task.name}) dies with the locks that it holds.`);
  return call('do_exit', exitOf(task, SIGNAL.SIGSEGV));
}
