/** System calls that wait for several files: poll, ppoll, select, pselect6. */
import { fileOf, MAX_DESCRIPTORS } from '../../files/descriptors.ts';
import { eventsOfSets, type DoPoll, type PollEntry, type PollReport } from '../../files/poll.ts';
import type { Kernel } from '../../kernel.ts';
import { newFrame } from '../../path.ts';
import type { Task } from '../../state.ts';
import { cyclesOf, type TimeSpec } from '../../task/clock.ts';
import { address, int, optionalInput, size, update, type Update } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { decodeTimespec, decodeTimeval, unsignedLongAt, viewOf } from '../layouts.ts';
import { type Answer, systemCall, type SystemCall } from '../systemCall.ts';

const POLLFD_BYTES = 8;

export const POLL_CALLS: readonly SystemCall[] = [
  systemCall(167, 'poll', [update('fds', pollBytes), size('nfds'), int('timeout')], (k, _task, fds, count, timeout) =>
    poll(k, fds, count, timeout < 0 ? undefined : { seconds: 0, nanoseconds: timeout * 1_000_000 }, 0)),
  systemCall(281, 'ppoll', [update('fds', pollBytes), size('nfds'), optionalInput('timeout', 16), address('sigmask'), size('sigsetsize')],
    (k, _task, fds, count, timeout, mask) => {
      const time = timeout && decodeTimespec(timeout);
      return timeout && !time ? -ERRNO.EINVAL : poll(k, fds, count, time, mask);
    }),
  ...([[142, '_newselect'], [82, 'select']] as const).map(([number, name]) => systemCall(number, name,
    [int('nfds'), update('read', setBytes), update('write', setBytes), update('except', setBytes), optionalInput('timeout', 16)],
    (k, task, count, read, write, except, timeout) => {
      const time = timeout && decodeTimeval(timeout);
      return timeout && !time ? -ERRNO.EINVAL : select(k, task, count, [read, write, except], time, 0);
    })),
  systemCall(280, 'pselect6',
    [int('nfds'), update('read', setBytes), update('write', setBytes), update('except', setBytes), optionalInput('timeout', 16), address('sig')],
    (k, task, count, read, write, except, timeout, mask) => {
      const time = timeout && decodeTimespec(timeout);
      return timeout && !time ? -ERRNO.EINVAL : select(k, task, count, [read, write, except], time, mask);
    }),
];

function poll(k: Kernel, { given, output }: Update, count: number, time: TimeSpec | undefined, mask: number): Answer {
  if (count > MAX_DESCRIPTORS) return -ERRNO.EINVAL;
  const bytes = given ?? new Uint8Array(0);
  if (bytes.length < count * POLLFD_BYTES) return -ERRNO.EFAULT;
  const entries = Array.from({ length: count }, (_, i): PollEntry => ({
    fd: viewOf(bytes).getInt32(i * POLLFD_BYTES), events: viewOf(bytes).getInt16(i * POLLFD_BYTES + 4), found: 0,
  }));
  return newFrame('do_poll', { ...newPoll(k, entries, { form: 'poll', given: bytes, output }, time), maskPointer: 0, mask });
}

function select(k: Kernel, task: Task, count: number, sets: readonly Update[], time: TimeSpec | undefined, maskPointer: number): Answer {
  if (count < 0) return -ERRNO.EINVAL;
  const entries: PollEntry[] = [];
  for (let fd = 0; fd < Math.min(count, MAX_DESCRIPTORS); fd += 1) {
    const events = eventsOfSets(sets.map(({ given }) => given !== undefined && isIn(given, fd)));
    if (events === 0) continue;
    if (!fileOf(task, fd)) return -ERRNO.EBADF;
    entries.push({ fd, events, found: 0 });
  }
  const report: PollReport = { form: 'select', bytes: setSize(count), sets: sets.map(({ output }) => output) };
  return newFrame('do_poll', { ...newPoll(k, entries, report, time), maskPointer, mask: 0 });
}

function newPoll(k: Kernel, entries: PollEntry[], report: PollReport, time: TimeSpec | undefined): Omit<DoPoll, 'mask' | 'maskPointer'> {
  return { entries, report, due: time ? k.now() + cyclesOf(k, time) : Infinity, bytes: new Uint8Array(16) };
}

/** Sets are arrays of 64-bit words, the lowest descriptor in the lowest bit. */
function isIn(set: Uint8Array, fd: number): boolean {
  return ((unsignedLongAt(set, (fd >> 6) * 8) >> BigInt(fd & 63)) & 1n) !== 0n;
}

function setSize(count: number): number {
  return Math.ceil(Math.min(Math.max(count, 0), MAX_DESCRIPTORS) / 64) * 8;
}

function setBytes(args: readonly bigint[]): number {
  return setSize(Number(BigInt.asIntN(32, args[0] ?? 0n)));
}

function pollBytes(args: readonly bigint[]): number {
  const count = BigInt.asUintN(64, args[1] ?? 0n);
  return count <= BigInt(MAX_DESCRIPTORS) ? Number(count) * POLLFD_BYTES : 0;
}
