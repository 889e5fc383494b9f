/** System calls that move bytes between files and the program. */
import { canRead, canWrite, O } from '../../files/flags.ts';
import { fileOf } from '../../files/descriptors.ts';
import { operationsOfFile } from '../../files/operations.ts';
import type { OpenFile } from '../../files/state.ts';
import { isDirectory } from '../../files/inode.ts';
import { newTransfer, type UserBuffer } from '../../files/transfer.ts';
import { newFrame } from '../../path.ts';
import type { Task } from '../../state.ts';
import { address, descriptor, input, int, long, size } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { unsignedLongAt } from '../layouts.ts';
import { type Answer, systemCall, type SystemCall } from '../systemCall.ts';

const IOV_MAX = 1024;
const IOVEC_BYTES = 16;
/** MAX_RW_COUNT of a 4 KiB page: longer transfers are cut. */
const MOST_BYTES = 0x7fff_f000;

export const TRANSFER_CALLS: readonly SystemCall[] = [
  systemCall(3, 'read', [descriptor(), address('buf'), size('count')], (_k, task, fd, buf, count) =>
    transfer(task, fd, 'vfs_read', [{ address: buf, length: count }])),
  systemCall(4, 'write', [descriptor(), address('buf'), size('count')], (_k, task, fd, buf, count) =>
    transfer(task, fd, 'vfs_write', [{ address: buf, length: count }])),
  systemCall(145, 'readv', [descriptor(), input('iov', vectorBytes), int('iovcnt')], (_k, task, fd, iov, count) =>
    vectored(task, fd, 'vfs_read', iov, count)),
  systemCall(146, 'writev', [descriptor(), input('iov', vectorBytes), int('iovcnt')], (_k, task, fd, iov, count) =>
    vectored(task, fd, 'vfs_write', iov, count)),
  systemCall(179, 'pread64', [descriptor(), address('buf'), size('count'), long('pos')], (_k, task, fd, buf, count, position) =>
    transfer(task, fd, 'vfs_read', [{ address: buf, length: count }], position)),
  systemCall(180, 'pwrite64', [descriptor(), address('buf'), size('count'), long('pos')], (_k, task, fd, buf, count, position) =>
    transfer(task, fd, 'vfs_write', [{ address: buf, length: count }], position)),
  systemCall(320, 'preadv', [descriptor(), input('iov', vectorBytes), int('iovcnt'), long('pos')], (_k, task, fd, iov, count, position) =>
    vectored(task, fd, 'vfs_read', iov, count, position)),
  systemCall(321, 'pwritev', [descriptor(), input('iov', vectorBytes), int('iovcnt'), long('pos')], (_k, task, fd, iov, count, position) =>
    vectored(task, fd, 'vfs_write', iov, count, position)),
];

type Direction = 'vfs_read' | 'vfs_write';

function transfer(task: Task, fd: number, direction: Direction, buffers: readonly UserBuffer[], position?: number): Answer {
  const file = fileOf(task, fd);
  if (!file) return -ERRNO.EBADF;
  const error = refuse(file, direction, position);
  if (error !== 0) return error;
  return newFrame(direction, newTransfer(file, buffers.map(({ address: at, length }) => ({ address: at, length: Math.min(length, MOST_BYTES) })), position));
}

function vectored(task: Task, fd: number, direction: Direction, iov: Uint8Array, count: number, position?: number): Answer {
  if (count < 0 || count > IOV_MAX) return -ERRNO.EINVAL;
  const buffers = Array.from({ length: count }, (_, i): UserBuffer => ({
    address: Number(unsignedLongAt(iov, i * IOVEC_BYTES)), length: Number(unsignedLongAt(iov, i * IOVEC_BYTES + 8)),
  }));
  if (buffers.reduce((sum, { length }) => sum + length, 0) > 2 ** 63) return -ERRNO.EINVAL;
  return transfer(task, fd, direction, buffers, position);
}

function refuse(file: OpenFile, direction: Direction, position: number | undefined): number {
  if (!(direction === 'vfs_read' ? canRead : canWrite)(file.flags)) return -ERRNO.EBADF;
  if (position !== undefined) {
    if (!operationsOfFile(file).seekable) return -ERRNO.ESPIPE;
    if (position < 0) return -ERRNO.EINVAL;
  }
  if (isDirectory(file.inode)) return -ERRNO.EISDIR;
  return (file.flags & O.ACCMODE) === O.ACCMODE ? -ERRNO.EBADF : 0;
}

/** Bytes of an iovec array; none where the count is out of range, which the call then refuses. */
function vectorBytes(args: readonly bigint[]): number {
  const count = Number(BigInt.asIntN(32, args[2] ?? 0n));
  return count > 0 && count <= IOV_MAX ? count * IOVEC_BYTES : 0;
}
