/** statfs and fstatfs: what holds a file. Everything but spufs is on the disk. */
import { fileOf } from '../../files/descriptors.ts';
import { lookup } from '../../files/tree.ts';
import type { Inode } from '../../files/state.ts';
import type { Kernel } from '../../kernel.ts';
import { diskPages } from '../../mm/blocks.ts';
import { descriptor, type OutBuffer, output, pathname, size } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { viewOf } from '../layouts.ts';
import { pathAt } from '../pathAt.ts';
import { AT_FDCWD } from '../../files/flags.ts';
import { systemCall, type SystemCall } from '../systemCall.ts';

/** struct statfs and statfs64 are the same on 64-bit PowerPC (asm-powerpc/statfs.h). */
const STATFS_BYTES = 120;
/** Magic numbers (linux/magic.h): ext3, and spufs's own. */
const EXT3_MAGIC = 0xef53n;
const SPUFS_MAGIC = 0x2399_2873n;
const NAME_MAX = 255n;

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
  const pageBytes = BigInt(k.configuration.pageBytes);
  const blocks = diskPages(k);
  const free = BigInt(Math.max(blocks - k.state.frames.diskUsed, 0));
  const bytes = new Uint8Array(STATFS_BYTES);
  const view = viewOf(bytes);
  view.setBigUint64(0, /^\/spu(\/|$)/.test(inode.path) ? SPUFS_MAGIC : EXT3_MAGIC);
  view.setBigUint64(8, pageBytes);
  view.setBigUint64(16, BigInt(blocks));
  view.setBigUint64(24, free);
  view.setBigUint64(32, free);
  view.setBigUint64(64, NAME_MAX);
  view.setBigUint64(72, pageBytes);
  into.bytes = bytes;
  return 0;
}
