/** The futex system call: which operation, and the time-out in user memory. */
import type { Kernel } from '../kernel.ts';
import { call, done, newFrame, path, step } from '../path.ts';
import { isIo, vmaAt } from '../mm/vma.ts';
import type { Task } from '../state.ts';
import { addressOf } from '../syscall/arguments.ts';
import { ERRNO } from '../syscall/errno.ts';
import { decodeTimespec } from '../syscall/layouts.ts';
import type { Answer } from '../syscall/systemCall.ts';
import { copyFromUser } from '../syscall/userCopy.ts';
import { CLOCK, cycleOfTime, cyclesOf } from './clock.ts';
import { FUTEX, futexWakeCall, type FutexWait } from './futex.ts';
import { FUTEX_BITSET_ALL } from './futexTable.ts';

declare module '../path.ts' {
  interface PathLocals {
    sys_futex: SysFutex;
  }
}

/** A wait whose time-out is still to be read. */
export interface SysFutex {
  readonly timeout: number;
  readonly bytes: Uint8Array;
  /** FUTEX_WAIT_BITSET gives the end of the wait, FUTEX_WAIT its length. */
  readonly absoluteClock: number | undefined;
  readonly wait: FutexWait;
}

export const sysFutex = path('sys_futex', 'kernel/futex.c', [
  step('copy the time-out from the program', (_k, _task, f) => copyFromUser(f.timeout, f.bytes)),
  step('wait until then', (k, _task, f, { returned }) => {
    if (returned > 0) return done(-ERRNO.EFAULT);
    const time = decodeTimespec(f.bytes);
    if (!time) return done(-ERRNO.EINVAL);
    const due = f.absoluteClock === undefined ? k.now() + cyclesOf(k, time) : cycleOfTime(k, f.absoluteClock, time);
    return call('futex_wait', { ...f.wait, due });
  }),
  step('its result is the call\'s', (_k, _task, _f, { returned }) => done(returned)),
]);

/** Starts the operation that `op` names; those of priority inheritance are not modelled. */
export function startFutexCall(
  k: Kernel, task: Task, address: number, op: number, value: number, timeout: bigint, second: number, value3: number,
): Answer {
  if (address % 4 !== 0) return -ERRNO.EINVAL;
  const vma = vmaAt(task.mm, address);
  if (vma && isIo(k, vma)) return -ERRNO.EPERM;
  const isPrivate = (op & FUTEX.PRIVATE) !== 0;
  const isBitset = (op & ~(FUTEX.PRIVATE | FUTEX.CLOCK_REALTIME)) === FUTEX.WAIT_BITSET;
  const count = Number(BigInt.asIntN(32, timeout));
  switch (op & ~(FUTEX.PRIVATE | FUTEX.CLOCK_REALTIME)) {
    case FUTEX.WAIT:
    case FUTEX.WAIT_BITSET: {
      const bitset = isBitset ? value3 : FUTEX_BITSET_ALL;
      if (bitset === 0) return -ERRNO.EINVAL;
      const wait: FutexWait = { address, expected: value, isPrivate, bitset, due: Infinity, waiter: undefined };
      if (timeout === 0n) return newFrame('futex_wait', wait);
      const clock = (op & FUTEX.CLOCK_REALTIME) !== 0 ? CLOCK.REALTIME : CLOCK.MONOTONIC;
      return newFrame('sys_futex', {
        timeout: addressOf(timeout), bytes: new Uint8Array(16), absoluteClock: isBitset ? clock : undefined, wait,
      });
    }
    case FUTEX.WAKE:
      return futexWakeCall(k, task, address, isPrivate, value, FUTEX_BITSET_ALL);
    case FUTEX.WAKE_BITSET:
      return futexWakeCall(k, task, address, isPrivate, value, value3);
    case FUTEX.REQUEUE:
      return newFrame('futex_requeue', { from: address, to: second, isPrivate, wake: value, move: count, expected: undefined });
    case FUTEX.CMP_REQUEUE:
      return newFrame('futex_requeue', { from: address, to: second, isPrivate, wake: value, move: count, expected: value3 });
    case FUTEX.WAKE_OP:
      return newFrame('futex_wake_op', { from: address, to: second, isPrivate, wake: value, wakeSecond: count, operation: value3, attempts: 0 });
    default:
      return -ERRNO.ENOSYS;
  }
}
