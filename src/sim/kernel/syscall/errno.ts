/** Error numbers of ppc64 Linux, and the codes inside the kernel that ask for a system call to be restarted. */

export const ERRNO = {
  EPERM: 1, ENOENT: 2, ESRCH: 3, EINTR: 4, EIO: 5, ENXIO: 6, E2BIG: 7, ENOEXEC: 8, EBADF: 9, ECHILD: 10,
  EAGAIN: 11, ENOMEM: 12, EACCES: 13, EFAULT: 14, ENOTBLK: 15, EBUSY: 16, EEXIST: 17, EXDEV: 18, ENODEV: 19,
  ENOTDIR: 20, EISDIR: 21, EINVAL: 22, ENFILE: 23, EMFILE: 24, ENOTTY: 25, ETXTBSY: 26, EFBIG: 27, ENOSPC: 28,
  ESPIPE: 29, EROFS: 30, EMLINK: 31, EPIPE: 32, EDOM: 33, ERANGE: 34, EDEADLK: 35, ENAMETOOLONG: 36, ENOLCK: 37,
  ENOSYS: 38, ENOTEMPTY: 39, ELOOP: 40, ENODATA: 61, EOVERFLOW: 75, EOPNOTSUPP: 95, ETIMEDOUT: 110,
} as const;

/** Answers that never reach a program: on the way out each becomes a restart or EINTR. */
export const RESTART = {
  /** Restart where the handler has SA_RESTART, or where no handler runs. */
  ERESTARTSYS: 512,
  /** Restart always. */
  ERESTARTNOINTR: 513,
  /** Restart only where no handler runs. */
  ERESTARTNOHAND: 514,
  /** As ERESTARTNOHAND, through restart_syscall with what is left of the time. */
  ERESTART_RESTARTBLOCK: 516,
} as const;

const NAMES: ReadonlyMap<number, string> = new Map(
  [...Object.entries(ERRNO), ...Object.entries(RESTART)].map(([name, number]) => [number, name]),
);

/** `EFAULT` for 14; the number itself where it has no name. */
export function errnoName(number: number): string {
  return NAMES.get(number) ?? String(number);
}

/** Whether a kernel function's result is an error: -4095 to -1. */
export function isError(result: number): boolean {
  return result < 0 && result >= -4095;
}

/** Whether a result is a code that asks for a restart. */
export function asksRestart(result: number): boolean {
  return result <= -RESTART.ERESTARTSYS && result >= -RESTART.ERESTART_RESTARTBLOCK;
}
