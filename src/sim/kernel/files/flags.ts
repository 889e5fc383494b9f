/** Flags of open, fcntl and poll as ppc64 Linux numbers them. */

export const O = {
  ACCMODE: 0o3, RDONLY: 0o0, WRONLY: 0o1, RDWR: 0o2, CREAT: 0o100, EXCL: 0o200, TRUNC: 0o1000, APPEND: 0o2000,
  NONBLOCK: 0o4000, DIRECT: 0o400000, ASYNC: 0o20000, DIRECTORY: 0o40000, NOFOLLOW: 0o100000, LARGEFILE: 0o200000, CLOEXEC: 0o2000000,
} as const;

export const POLL = { IN: 0x1, OUT: 0x4, ERR: 0x8, HUP: 0x10, NVAL: 0x20 } as const;

export const AT_FDCWD = -100;
export const AT_REMOVEDIR = 0x200;
export const AT_EMPTY_PATH = 0x1000;

export function canRead(flags: number): boolean {
  return (flags & O.ACCMODE) !== O.WRONLY;
}

export function canWrite(flags: number): boolean {
  return (flags & O.ACCMODE) !== O.RDONLY;
}
