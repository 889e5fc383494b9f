/** How many processes and threads there may be (kernel/fork.c, fork_init and copy_process; facts 6.5). */
import type { Kernel } from '../kernel.ts';
import type { ThreadGroup } from '../state.ts';
import { isPrivileged } from './identity.ts';
import { RLIMIT, softLimit } from './softLimit.ts';
import { MOST_TIDS } from './tid.ts';

/** Of a thread's kernel stack (asm-powerpc/thread_info.h, 64 bits). */
const THREAD_BYTES = 16384;
/** Kernel stacks may take an eighth of memory. */
const SHARE = 8;
const FEWEST = 20;
/** What a user may have of them. */
const USER_SHARE = 2;

/** max_threads, the default of /proc/sys/kernel/threads-max. */
function mostThreads({ configuration: { ramBytes } }: Pick<Kernel, 'configuration'>): number {
  return Math.min(Math.max(Math.floor(ramBytes / (SHARE * THREAD_BYTES)), FEWEST), MOST_TIDS);
}

/** RLIMIT_NPROC and RLIMIT_SIGPENDING that programs begin with. */
export function firstProcessLimit(k: Pick<Kernel, 'configuration'>): number {
  return Math.floor(mostThreads(k) / USER_SHARE);
}

/** Whether there may be one thread more. Those that ended and were not waited for count too; all belong to one user. */
export function mayFork(k: Kernel, group: ThreadGroup): boolean {
  const { size } = k.state.tasks;
  if (!isPrivileged(k) && size >= softLimit(group, RLIMIT.NPROC, firstProcessLimit(k))) return false;
  return size < mostThreads(k);
}
