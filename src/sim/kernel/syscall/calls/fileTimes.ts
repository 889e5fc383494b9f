/** System calls that set the time of a file: utime, utimes, futimesat, utimensat. A file has one time, that of its last change. */
import { fileOf } from '../../files/descriptors.ts';
import { AT_FDCWD } from '../../files/flags.ts';
import type { Inode } from '../../files/state.ts';
import { lookup } from '../../files/tree.ts';
import type { Kernel } from '../../kernel.ts';
import type { Task } from '../../state.ts';
import { CLOCK, cycleOfTime, type TimeSpec } from '../../task/clock.ts';
import { descriptor, flags, optionalInput, optionalPathname, pathname } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { decodeTimespec, decodeTimeval, longAt } from '../layouts.ts';
import { pathAt } from '../pathAt.ts';
import { systemCall, type SystemCall } from '../systemCall.ts';

const UTIME_NOW = 0x3fff_ffffn;
const UTIME_OMIT = 0x3fff_fffen;
const UTIMBUF_BYTES = 16;
/** Two struct timespec or timeval: of the last access, which is not kept, and of the last change. */
const TWO_TIMES_BYTES = 32;
const CHANGE_AT = 16;
const NANOSECONDS_AT = 24;

type NewTime = TimeSpec | 'now' | 'as it is' | undefined;

export const FILE_TIME_CALLS: readonly SystemCall[] = [
  systemCall(30, 'utime', [pathname(), optionalInput('times', UTIMBUF_BYTES)], (k, task, name, times) =>
    setTime(k, byName(k, task, AT_FDCWD, name), times ? { seconds: Number(longAt(times, 8)), nanoseconds: 0 } : 'now')),
  systemCall(251, 'utimes', [pathname(), optionalInput('times', TWO_TIMES_BYTES)], (k, task, name, times) =>
    setTime(k, byName(k, task, AT_FDCWD, name), times ? decodeTimeval(times, CHANGE_AT) : 'now')),
  systemCall(290, 'futimesat', [descriptor('dirfd'), pathname(), optionalInput('times', TWO_TIMES_BYTES)], (k, task, folder, name, times) =>
    setTime(k, byName(k, task, folder, name), times ? decodeTimeval(times, CHANGE_AT) : 'now')),
  systemCall(304, 'utimensat', [descriptor('dirfd'), optionalPathname(), optionalInput('times', TWO_TIMES_BYTES), flags('flags')],
    (k, task, folder, name, times) => {
      const inode = name === undefined ? fileOf(task, folder)?.inode ?? -ERRNO.EBADF : byName(k, task, folder, name);
      return setTime(k, inode, times ? newTime(times) : 'now');
    }),
];

function newTime(times: Uint8Array): NewTime {
  const nanoseconds = longAt(times, NANOSECONDS_AT);
  if (nanoseconds === UTIME_OMIT) return 'as it is';
  return nanoseconds === UTIME_NOW ? 'now' : decodeTimespec(times, CHANGE_AT);
}

function byName(k: Kernel, task: Task, folder: number, name: string): Inode | number {
  const path = pathAt(task, folder, name);
  return typeof path === 'number' ? path : lookup(k, path);
}

function setTime(k: Kernel, inode: Inode | number, time: NewTime): number {
  if (typeof inode === 'number') return inode;
  if (!time) return -ERRNO.EINVAL;
  if (inode.content.kind === 'host' || inode.content.kind === 'hostFolder') return -ERRNO.EROFS;
  if (time !== 'as it is') inode.modified = time === 'now' ? k.now() : cycleOfTime(k, CLOCK.REALTIME, time);
  return 0;
}
