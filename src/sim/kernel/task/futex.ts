/** The futex system call. Private and bit-set operations are younger than 2.6.18, but every C library of today makes them. */
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, wait, type Verdict } from '../path.ts';
import { NO_TRANSLATION } from '../../mmu/mmu.ts';
import { readUserWord } from '../mm/userCopy.ts';
import { signalPending } from '../signal/pending.ts';
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { wordAt, words } from '../syscall/layouts.ts';
import { copyFromUser } from '../syscall/userCopy.ts';
import { newWaitQueue } from '../wait.ts';
import { futexKey } from './futexKey.ts';
import { futexQueue, futexRequeue, futexUnqueue, futexWake } from './futexTable.ts';
import type { FutexWaiter } from './state.ts';
import { cancelTimeout, startTimeout } from './timers.ts';

export const FUTEX = {
  WAIT: 0, WAKE: 1, REQUEUE: 3, CMP_REQUEUE: 4, WAKE_OP: 5, WAIT_BITSET: 9, WAKE_BITSET: 10,
  PRIVATE: 0x80, CLOCK_REALTIME: 0x100,
} as const;

declare module '../path.ts' {
  interface PathLocals {
    futex_wait: FutexWait;
    futex_requeue: FutexRequeue;
    futex_wake_op: FutexWakeOp;
  }
}

export interface FutexWait {
  readonly address: number;
  readonly expected: number;
  readonly isPrivate: boolean;
  readonly bitset: number;
  /** Cycle at which the wait is over; Infinity for none. */
  readonly due: number;
  waiter: FutexWaiter | undefined;
}

interface TwoFutexes {
  readonly from: number;
  readonly to: number;
  readonly isPrivate: boolean;
  readonly wake: number;
}

export interface FutexRequeue extends TwoFutexes {
  readonly move: number;
  /** FUTEX_CMP_REQUEUE: the value that the first word must still have. */
  readonly expected: number | undefined;
}

export interface FutexWakeOp extends TwoFutexes {
  readonly wakeSecond: number;
  /** Operation, comparison and their arguments as the program coded them. */
  readonly operation: number;
  attempts: number;
}

/** Answers 0 when woken, or -EWOULDBLOCK, -ETIMEDOUT, -EINTR, -EFAULT. */
export const futexWait = path('futex_wait', 'kernel/futex.c', [
  labelled('retry', 'queue up if the word still has the expected value', (k, task, f) => {
    const key = futexKey(task.mm, f.address, f.isPrivate);
    if (key === undefined) return done(-ERRNO.EFAULT);
    const value = readUserWord(k, task, f.address);
    if (value === undefined) return bringIn(f.address);
    if (value !== f.expected >>> 0) return done(-ERRNO.EAGAIN);
    const queue = newWaitQueue(`futex 0x${f.address.toString(16)}`);
    f.waiter = { task, key, bitset: f.bitset, queue, queued: false };
    futexQueue(k, f.waiter);
    if (f.due < Infinity) startTimeout(k, task, queue, f.due);
    return goTo('sleep');
  }),
  step('the word\'s page was not there: look again', (_k, _task, _f, { returned }) => lookAgain(returned)),
  labelled('sleep', 'sleep until woken, timed out or interrupted', (k, task, f) => {
    if (!f.waiter?.queued) return next;
    return k.now() >= f.due || signalPending(task) ? next : wait(f.waiter.queue, true);
  }),
  step('leave the queue and say why', (k, _task, f) => {
    if (!f.waiter) return done(0);
    cancelTimeout(k, f.waiter.task, f.waiter.queue);
    if (!futexUnqueue(k, f.waiter)) return done(0);
    return done(k.now() >= f.due ? -ERRNO.ETIMEDOUT : -ERRNO.EINTR);
  }),
]);

/** Answers how many waiters were woken or moved. */
export const futexRequeuePath = path('futex_requeue', 'kernel/futex.c', [
  labelled('retry', 'compare the first word, wake some of its waiters, move others to the second', (k, task, f) => {
    const from = futexKey(task.mm, f.from, f.isPrivate);
    const to = futexKey(task.mm, f.to, f.isPrivate);
    if (from === undefined || to === undefined) return done(-ERRNO.EFAULT);
    if (f.expected !== undefined) {
      const value = readUserWord(k, task, f.from);
      if (value === undefined) return bringIn(f.from);
      if (value !== f.expected >>> 0) return done(-ERRNO.EAGAIN);
    }
    return done(futexRequeue(k, from, to, f.wake, f.move));
  }),
  step('the word\'s page was not there: look again', (_k, _task, _f, { returned }) => lookAgain(returned)),
]);

/** Answers how many waiters of both words were woken. */
export const futexWakeOp = path('futex_wake_op', 'kernel/futex.c', [
  labelled('retry', 'change the second word, wake the first\'s waiters and, if the old value says so, the second\'s', (k, task, f) => {
    const from = futexKey(task.mm, f.from, f.isPrivate);
    const to = futexKey(task.mm, f.to, f.isPrivate);
    if (from === undefined || to === undefined) return done(-ERRNO.EFAULT);
    const old = changeWord(k, task, f.to, f.operation);
    if (old === undefined) {
      f.attempts += 1;
      return call('futex_handle_fault', { address: f.to, write: true, attempt: f.attempts });
    }
    const woken = futexWake(k, from, f.wake);
    return done(woken + (compares(f.operation, old) ? futexWake(k, to, f.wakeSecond) : 0));
  }),
  step('the word\'s page was not there: look again', (_k, _task, _f, { returned }) => (returned < 0 ? done(returned) : goTo('retry'))),
]);

/** A plain read of the word brings its page in. */
function bringIn(address: number): Verdict {
  return copyFromUser(address, new Uint8Array(4));
}

function lookAgain(missing: number): Verdict {
  return missing > 0 ? done(-ERRNO.EFAULT) : goTo('retry');
}

/** Changes a word in one go: its old value, or undefined where the access would fault. */
function changeWord(k: Kernel, task: Task, address: number, operation: number): number | undefined {
  const physical = k.mmu.translateForKernel(task.cpu ?? 0, task.mm, address, true);
  if (physical === NO_TRANSLATION) return undefined;
  const bytes = new Uint8Array(4);
  k.mmu.readPhysical(physical, bytes);
  const old = wordAt(bytes, 0);
  k.mmu.writePhysical(physical, words(operate(operation, old)));
  return old;
}

/** FUTEX_OP_SET, ADD, OR, ANDN, XOR; bit 31 makes the argument a shift count (linux/futex.h). */
function operate(code: number, old: number): number {
  const raw = (code << 8) >> 20;
  const argument = code < 0 ? 1 << (raw & 31) : raw;
  switch ((code >> 28) & 7) {
    case 0: return argument;
    case 1: return (old + argument) | 0;
    case 2: return old | argument;
    case 3: return old & ~argument;
    default: return old ^ argument;
  }
}

/** FUTEX_OP_CMP_EQ, NE, LT, LE, GT, GE on the old value. */
function compares(code: number, old: number): boolean {
  const argument = (code << 20) >> 20;
  switch ((code >> 24) & 15) {
    case 0: return old === argument;
    case 1: return old !== argument;
    case 2: return old < argument;
    case 3: return old <= argument;
    case 4: return old > argument;
    default: return old >= argument;
  }
}

/** FUTEX_WAKE and FUTEX_WAKE_BITSET, which need nothing from user memory. */
export function futexWakeCall(k: Kernel, task: Task, address: number, isPrivate: boolean, count: number, bitset: number): number {
  if (bitset === 0) return -ERRNO.EINVAL;
  const key = futexKey(task.mm, address, isPrivate);
  return key === undefined ? -ERRNO.EFAULT : futexWake(k, key, Math.max(count, 1), bitset);
}
