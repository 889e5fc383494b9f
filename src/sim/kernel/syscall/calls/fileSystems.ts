/** statfs and fstatfs: what holds a file. Everything but the host folder is memory (tmpfs). */
import { fileOf } from '../../files/descriptors.ts';
import { lookup } from '../../files/tree.ts';
import type { Inode } from '../../files/state.ts';
import type { Kernel } from '../../kernel.ts';
import { descriptor, type OutBuffer, output, pathname, size } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { viewOf } from '../layouts.ts';
import { pathAt } from '../pathAt.ts';
import { AT_FDCWD } from '../../files/flags.ts';
import { systemCall, type SystemCall } from '../systemCall.ts';

/** struct statfs and statfs64 are the same on 64-bit PowerPC (asm-powerpc/statfs.h). */
const STATFS_BYTES = 120;
/** Magic numbers (linux/magic.h): tmpfs, and spufs's own. */
const TMPFS_MAGIC = 0x0102_1994n;
const SPUFS_MAGIC = 0x2399_2873n;
const NAME_MAX = 255n;
const FRAME_BYTES = 4096;

export const FILE_SYSTEM_CALLS: readonly SystemCall[] = [
  systemCall(99, 'statfs', [pathname(), output('buf')], (k, task, name, into) => report(k, find(k, pathAt(task, AT_FDCWD, name)), into)),
  systemCall(100, 'fstatfs', [descriptor(), output('buf')], (k, task, fd, into) => report(k, fileOf(task, fd)?.inode ?? -ERRNO.EBADF, into)),
  systemCall(252, 'statfs64', [pathname(), size('size'), output('buf')], (k, task, name, bytes, into) =>
    (bytes === STATFS_BYTES ? report(k, find(k, pathAt(task, AT_FDCWD, name)), into) : -ERRNO.EINVAL)),
  systemCall(253, 'fstatfs64', [descriptor(), size('size'), output('buf')], (k, task, fd, bytes, into) =>
    (bytes === STATFS_BYTES ? report(k, fileOf(task, fd)?.inode ?? -ERRNO.EBADF, into) : -ERRNO.EINVAL)),
];

function find(k: Kernel, path: string | number): Inode | number {
  return typeof path === 'number' ? path : lookup(k, path);
}

/** f_type 0, f_bsize 8, f_blocks 16, f_bfree 24, f_bavail 32 ... f_namelen 64, f_frsize 72. */
function report(k: Kernel, inode: Inode | number, into: OutBuffer): number {
  if (typeof inode === 'number') return inode;
  const { frames } = k.state;
  const pageBytes = BigInt(k.configuration.pageBytes);
  const perPage = k.configuration.pageBytes / FRAME_BYTES;
  const free = BigInt(Math.floor(Math.max(frames.limit - frames.used, 0) / perPage));
  const bytes = new Uint8Array(STATFS_BYTES);
  const view = viewOf(bytes);
  view.setBigUint64(0, /^\/spu(\/|$)/.test(inode.path) ? SPUFS_MAGIC : TMPFS_MAGIC);
  view.setBigUint64(8, pageBytes);
  view.setBigUint64(16, BigInt(Math.floor(frames.limit / perPage)));
  view.setBigUint64(24, free);
  view.setBigUint64(32, free);
  view.setBigUint64(64, NAME_MAX);
  view.setBigUint64(72, pageBytes);
  into.bytes = bytes;
  return 0;
}
