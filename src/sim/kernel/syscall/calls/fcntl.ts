/** fcntl: descriptors, flags and locks of open files. */
import { fileOf, installFile, MAX_DESCRIPTORS } from '../../files/descriptors.ts';
import { O } from '../../files/flags.ts';
import { operationsOfFile } from '../../files/operations.ts';
import type { OpenFile } from '../../files/state.ts';
import type { Kernel } from '../../kernel.ts';
import type { Task } from '../../state.ts';
import { descriptor, int, update, type Update } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { viewOf } from '../layouts.ts';
import { systemCall, type SystemCall } from '../systemCall.ts';

const F = { DUPFD: 0, GETFD: 1, SETFD: 2, GETFL: 3, SETFL: 4, GETLK: 5, SETLK: 6, SETLKW: 7, SETOWN: 8, GETOWN: 9, DUPFD_CLOEXEC: 1030 } as const;
/** Flags that F_SETFL may change. */
const SETTABLE = O.APPEND | O.NONBLOCK | O.ASYNC | O.DIRECT;
/** struct flock: l_type 0, l_whence 2, l_start 8, l_len 16, l_pid 24. */
const FLOCK_BYTES = 32;
const F_UNLCK = 2;

export const FCNTL_CALLS: readonly SystemCall[] = [
  systemCall(55, 'fcntl', [descriptor(), int('cmd'), update('arg', argumentBytes)], (k, task, fd, command, argument) => {
    const file = fileOf(task, fd);
    return file ? fcntl(k, task, fd, file, command, argument) : -ERRNO.EBADF;
  }),
];

function fcntl(k: Kernel, { group }: Task, fd: number, file: OpenFile, command: number, { given, output }: Update): number {
  const value = Number(BigInt.asIntN(32, BigInt(output.address)));
  switch (command) {
    case F.DUPFD:
    case F.DUPFD_CLOEXEC:
      return value < 0 || value >= MAX_DESCRIPTORS ? -ERRNO.EINVAL : installFile(group, file, command === F.DUPFD_CLOEXEC, value);
    case F.GETFD:
      return group.closeOnExec.has(fd) ? 1 : 0;
    case F.SETFD:
      if ((value & 1) !== 0) group.closeOnExec.add(fd);
      else group.closeOnExec.delete(fd);
      return 0;
    case F.GETFL:
      return file.flags | O.LARGEFILE;
    case F.SETFL:
      if (((file.flags ^ value) & O.ASYNC) !== 0) operationsOfFile(file).fasync?.(k, file, (value & O.ASYNC) !== 0);
      file.flags = (file.flags & ~SETTABLE) | (value & SETTABLE);
      return 0;
    case F.GETLK:
    case F.SETLK:
    case F.SETLKW:
      return lock(command, given, output);
    case F.SETOWN:
      file.owner = value;
      return 0;
    case F.GETOWN:
      return file.owner;
    default:
      return -ERRNO.EINVAL;
  }
}

/** Locks of files are always had: nobody else is asked whether he has them. */
function lock(command: number, given: Uint8Array | undefined, output: Update['output']): number {
  if (!given) return -ERRNO.EFAULT;
  const type = viewOf(given).getInt16(0);
  if (type < 0 || type > F_UNLCK) return -ERRNO.EINVAL;
  if (command !== F.GETLK) return 0;
  const answer = given.slice();
  viewOf(answer).setInt16(0, F_UNLCK);
  output.bytes = answer;
  return 0;
}

/** The argument is a struct flock where locks are concerned, else a number. */
function argumentBytes(args: readonly bigint[]): number {
  const command = Number(BigInt.asIntN(32, args[1] ?? 0n));
  return command >= F.GETLK && command <= F.SETLKW ? FLOCK_BYTES : 0;
}
