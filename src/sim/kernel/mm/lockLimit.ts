/** How much memory a program may lock (mm/mlock.c, can_do_mlock; RLIMIT_MEMLOCK). */
import type { Kernel } from '../kernel.ts';
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { isPrivileged } from '../task/identity.ts';
import { RLIMIT, softLimit } from '../task/softLimit.ts';

/** MLOCK_LIMIT of asm-generic/resource.h: eight pages. */
const FIRST_PAGES = 8;

export function firstLockLimit({ configuration }: Kernel): number {
  return FIRST_PAGES * configuration.pageBytes;
}

/** 0, or the error for locking so many bytes more: EPERM for who may lock none, and `tooMuch`. */
export function refusedLock(k: Kernel, { group, mm }: Task, bytes: number, tooMuch: number): number {
  if (isPrivileged(k)) return 0;
  const limit = softLimit(group, RLIMIT.MEMLOCK, firstLockLimit(k));
  if (limit === 0) return -ERRNO.EPERM;
  const locked = mm.vmas.reduce((sum, vma) => (vma.locked ? sum + vma.end - vma.start : sum), 0);
  return locked + bytes > limit ? -tooMuch : 0;
}
