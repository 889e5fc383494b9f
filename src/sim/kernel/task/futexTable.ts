/** Who waits in futex_wait for which word: waking and moving waiters. */
import type { Kernel } from '../kernel.ts';
import { wakeAll } from '../wait.ts';
import type { FutexWaiter } from './state.ts';

export const FUTEX_BITSET_ALL = -1;

/** Adds a waiter behind those of its word. */
export function futexQueue(k: Kernel, waiter: FutexWaiter): void {
  const waiters = k.state.futexes.get(waiter.key);
  if (waiters) waiters.push(waiter);
  else k.state.futexes.set(waiter.key, [waiter]);
  waiter.queued = true;
}

/** Takes a waiter off the table; false when a wake already did. */
export function futexUnqueue(k: Kernel, waiter: FutexWaiter): boolean {
  if (!waiter.queued) return false;
  waiter.queued = false;
  const waiters = k.state.futexes.get(waiter.key);
  const place = waiters?.indexOf(waiter) ?? -1;
  if (place >= 0) waiters?.splice(place, 1);
  if (waiters?.length === 0) k.state.futexes.delete(waiter.key);
  return true;
}

/** Wakes up to `count` waiters whose bit sets meet `bitset`, longest waiting first; how many there were. */
export function futexWake(k: Kernel, key: string, count: number, bitset = FUTEX_BITSET_ALL): number {
  let woken = 0;
  for (const waiter of [...(k.state.futexes.get(key) ?? [])]) {
    if (woken >= count) break;
    if ((waiter.bitset & bitset) === 0) continue;
    futexUnqueue(k, waiter);
    wakeAll(k, waiter.queue);
    woken += 1;
  }
  return woken;
}

/** Wakes `wake` waiters of one word and moves up to `move` others to another; how many were woken or moved. */
export function futexRequeue(k: Kernel, from: string, to: string, wake: number, move: number): number {
  const woken = futexWake(k, from, wake);
  if (from === to) return woken;
  let moved = 0;
  for (const waiter of [...(k.state.futexes.get(from) ?? [])]) {
    if (moved >= move) break;
    futexUnqueue(k, waiter);
    waiter.key = to;
    futexQueue(k, waiter);
    moved += 1;
  }
  return woken + moved;
}
