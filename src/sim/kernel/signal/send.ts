/** Sending signals: to a thread, to a group, and those that a fault forces on a thread. */
import type { Kernel } from '../kernel.ts';
import type { Task, ThreadGroup } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { RLIMIT, softLimit } from '../task/softLimit.ts';
import { firstProcessLimit } from '../task/threadLimit.ts';
import { interruptSleep } from '../wait.ts';
import { defaultAction, FIRST_REALTIME, SI, SIG_DFL, SIG_IGN, SIGNAL, signalBit } from './numbers.ts';
import { isPending, queueSignal, recalculatePending, removeSignals, setBlocked } from './pending.ts';
import type { SignalInfo } from './state.ts';

const STOP_SIGNALS = signalBit(SIGNAL.SIGSTOP) | signalBit(SIGNAL.SIGTSTP) | signalBit(SIGNAL.SIGTTIN) | signalBit(SIGNAL.SIGTTOU);

/** A signal that a program sent with kill (`SI.USER`) or tgkill (`SI.TKILL`). */
export function sentSignal(number: number, code: number, sender: number): SignalInfo {
  return { number, code, address: 0n, sender, trap: 0, dsisr: 0, value: 0n };
}

/** A signal that the kernel itself raises: alarms, broken pipes. */
export function kernelSignal(number: number, code: number = SI.KERNEL): SignalInfo {
  return sentSignal(number, code, 0);
}

/** A signal that an instruction caused; `trap` is the interrupt vector (facts 2.1). */
export function faultSignal(number: number, code: number, address: bigint, trap: number, dsisr: number): SignalInfo {
  return { number, code, address, sender: 0, trap, dsisr, value: 0n };
}

/**
 * Sends a signal to a thread or to a whole group. One that is ignored and not blocked is
 * dropped at once (facts 7, row 33); otherwise one thread is told, and wakes where it sleeps interruptibly.
 * Answers 0, or -EAGAIN for a real-time signal that the queue has no room for.
 */
export function sendSignal(k: Kernel, target: Task | ThreadGroup, info: SignalInfo): number {
  const thread = 'tid' in target ? target : target.tasks.find(isAlive);
  if (!thread || !isAlive(thread)) return 0;
  forgetOpposites(target, info.number);
  if (ignored(thread, info.number)) return 0;
  if (isQueueFull(k, thread, info)) {
    // kill() tells at least that there is one (kernel/signal.c, send_signal).
    if (info.code !== SI.USER) return -ERRNO.EAGAIN;
    if (isPending(target.pending, info.number)) return 0;
    tellIfQueued(k, target, { ...info, sender: 0 });
    return 0;
  }
  tellIfQueued(k, target, info);
  return 0;
}

/** RLIMIT_SIGPENDING: one user sends all signals, and standard ones that the kernel or kill() sends are never too many. */
function isQueueFull(k: Kernel, { group }: Task, { number }: SignalInfo): boolean {
  if (number < FIRST_REALTIME) return false;
  const limit = softLimit(group, RLIMIT.SIGPENDING, firstProcessLimit(k));
  let queued = 0;
  for (const { tid, pending, group: { tgid, pending: shared } } of k.state.tasks.values()) queued += pending.queue.length + (tid === tgid ? shared.queue.length : 0);
  return queued >= limit;
}

function tellIfQueued(k: Kernel, target: Task | ThreadGroup, info: SignalInfo): void {
  if (!queueSignal(target.pending, info)) return;
  const candidates = 'tid' in target ? [target] : target.tasks;
  if (info.number === SIGNAL.SIGKILL) {
    for (const task of candidates) tell(k, task);
    return;
  }
  const takers = candidates.filter((task) => takes(task, info.number));
  const chosen = takers.find((task) => task.state === 'running' || !task.toldOfSignal) ?? ('tid' in target ? takers[0] : undefined);
  if (chosen) tell(k, chosen);
}

/** signal_wake_up: a thread has a signal to look at. */
export function tell(k: Kernel, task: Task): void {
  task.toldOfSignal = true;
  interruptSleep(k, task);
}

/** A thread that was told of a signal of its group ends without having taken it: the others look themselves (kernel/exit.c, exit_notify). */
export function handOnSignals(k: Kernel, { toldOfSignal, group }: Task): void {
  if (!toldOfSignal || group.exit) return;
  for (const other of group.tasks) {
    if (isAlive(other) && !other.toldOfSignal && recalculatePending(other)) interruptSleep(k, other);
  }
}

/**
 * Sends the signal of a fault to the thread that caused it. A handler cannot be avoided by
 * blocking or ignoring the signal: then the default action is taken.
 */
export function forceSignal(k: Kernel, task: Task, info: SignalInfo): void {
  const bit = signalBit(info.number);
  const { actions } = task.group.handlers;
  if ((task.blocked & bit) !== 0n || actions.get(info.number)?.handler === SIG_IGN) {
    actions.delete(info.number);
    setBlocked(task, task.blocked & ~bit);
  }
  sendSignal(k, task, info);
}

/** SIGSEGV for a thread whose signal frame cannot be written or read: a second one would kill anyway. */
export function forceSegv(k: Kernel, task: Task, signal: number): void {
  if (signal === SIGNAL.SIGSEGV) task.group.handlers.actions.delete(SIGNAL.SIGSEGV);
  forceSignal(k, task, kernelSignal(SIGNAL.SIGSEGV));
}

/** Whether a signal has no effect on a thread: ignored by choice or by default, and not blocked. */
function ignored(task: Task, signal: number): boolean {
  if ((task.blocked & signalBit(signal)) !== 0n) return false;
  return ignoredByAction(task.group, signal);
}

/** Whether a group's action for a signal is to ignore it. */
export function ignoredByAction(group: ThreadGroup, signal: number): boolean {
  const handler = group.handlers.actions.get(signal)?.handler ?? SIG_DFL;
  if (handler === SIG_IGN) return true;
  return handler === SIG_DFL && defaultAction(signal) === 'ignore';
}

export function isAlive(task: Task): boolean {
  return task.state !== 'zombie' && task.state !== 'dead';
}

function takes(task: Task, signal: number): boolean {
  return isAlive(task) && (task.blocked & signalBit(signal)) === 0n;
}

/** SIGCONT and the stop signals take each other back. */
function forgetOpposites(target: Task | ThreadGroup, signal: number): void {
  const bit = signalBit(signal);
  if (signal === SIGNAL.SIGCONT) removeSignals(target.pending, STOP_SIGNALS);
  else if ((bit & STOP_SIGNALS) !== 0n) removeSignals(target.pending, signalBit(SIGNAL.SIGCONT));
}
