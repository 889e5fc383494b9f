/** The numbers of tasks (kernel/pid.c, alloc_pidmap; include/linux/threads.h, PID_MAX_DEFAULT). */
import type { Kernel } from '../kernel.ts';

const END = 32768;
/** Where numbers go on when the last one has been given. */
const FIRST_AGAIN = 300;
/** A task keeps up to three numbers from being given: its own, and those of its process group and session. */
const NUMBERS_OF_A_TASK = 3;

/** With so many tasks there is always a free number. */
export const MOST_TIDS = Math.floor((END - FIRST_AGAIN) / NUMBERS_OF_A_TASK) - 1;

/** The next number that no task, process group or session has. The program's own is never given again: who started it has not waited for it. */
export function freeTidAfter({ state: { tasks } }: Pick<Kernel, 'state'>, last: number, program: number): number {
  const isTaken = (tid: number): boolean => {
    if (tid === program || tasks.has(tid)) return true;
    for (const { group } of tasks.values()) if (group.processGroup === tid || group.session === tid) return true;
    return false;
  };
  let tid = last;
  do tid = tid + 1 < END ? tid + 1 : FIRST_AGAIN;
  while (isTaken(tid));
  return tid;
}
