/** Which signals wait for a task, and which one it takes next. */
import type { Task } from '../state.ts';
import { FIRST_REALTIME, signalBit, UNBLOCKABLE } from './numbers.ts';
import type { PendingSignals, SignalInfo } from './state.ts';

/** Whether the task has a signal to look at before it sleeps or goes on in user mode. */
export function signalPending(task: Task): boolean {
  return task.toldOfSignal;
}

/** recalc_sigpending: looks itself whether a signal that it does not block waits for the task or its group. */
export function recalculatePending(task: Task): boolean {
  task.toldOfSignal = hasUnblocked(task.pending, task.blocked) || hasUnblocked(task.group.pending, task.blocked);
  return task.toldOfSignal;
}

/** Whether SIGKILL waits for the task. */
export function fatalSignalPending(task: Task): boolean {
  return isPending(task.pending, SIGKILL) || isPending(task.group.pending, SIGKILL);
}

const SIGKILL = 9;

/** The number of the signal that the task would take next. */
export function nextSignal(task: Task): number | undefined {
  return lowest(task.pending, task.blocked)?.number ?? lowest(task.group.pending, task.blocked)?.number;
}

/**
 * Takes the next signal off the queues: the thread's own before the group's, the lowest
 * number first. Signals in `blocked` stay.
 */
export function dequeueSignal(task: Task, blocked: bigint = task.blocked): SignalInfo | undefined {
  const info = take(task.pending, blocked) ?? take(task.group.pending, blocked);
  recalculatePending(task);
  return info;
}

/** The sets of pending signals, blocked or not, of a task and of its group. */
export function signalPendingSets(task: Task): { readonly pending: bigint; readonly shared: bigint } {
  return { pending: setOf(task.pending), shared: setOf(task.group.pending) };
}

/** Adds a signal; a standard one that is pending already is not queued again. */
export function queueSignal(pending: PendingSignals, info: SignalInfo): boolean {
  if (info.number < FIRST_REALTIME && isPending(pending, info.number)) return false;
  pending.queue.push(info);
  return true;
}

/** Forgets every pending signal of a set. */
export function removeSignals(pending: PendingSignals, set: bigint): void {
  for (let i = pending.queue.length - 1; i >= 0; i -= 1) {
    const info = pending.queue[i];
    if (info && (set & signalBit(info.number)) !== 0n) pending.queue.splice(i, 1);
  }
}

/** A task's new mask of blocked signals, without those that cannot be blocked. */
export function setBlocked(task: Task, mask: bigint): void {
  task.blocked = mask & ~UNBLOCKABLE;
  recalculatePending(task);
}

function setOf({ queue }: PendingSignals): bigint {
  let set = 0n;
  for (const { number } of queue) set |= signalBit(number);
  return set;
}

export function isPending({ queue }: PendingSignals, signal: number): boolean {
  for (const info of queue) if (info.number === signal) return true;
  return false;
}

function hasUnblocked({ queue }: PendingSignals, blocked: bigint): boolean {
  for (const info of queue) if ((blocked & signalBit(info.number)) === 0n) return true;
  return false;
}

function lowest({ queue }: PendingSignals, blocked: bigint): SignalInfo | undefined {
  let found: SignalInfo | undefined;
  for (const info of queue) {
    if ((blocked & signalBit(info.number)) === 0n && (!found || info.number < found.number)) found = info;
  }
  return found;
}

function take(pending: PendingSignals, blocked: bigint): SignalInfo | undefined {
  const info = lowest(pending, blocked);
  if (info) pending.queue.splice(pending.queue.indexOf(info), 1);
  return info;
}
