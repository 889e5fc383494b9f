/** Sleeping and waking. A task that a wait verdict put to sleep sits in exactly one queue. */
import type { Kernel } from './kernel.ts';
import type { Task, WaitQueue } from './state.ts';
import { enqueue } from './task/cpu.ts';

export function newWaitQueue(name: string): WaitQueue {
  return { name, waiters: [] };
}

/** Puts a task to sleep; its current step runs again when it is woken. */
export function sleepOn(task: Task, queue: WaitQueue, interruptible: boolean, exclusive: boolean): void {
  task.state = interruptible ? 'interruptible' : 'uninterruptible';
  task.waitingOn = queue;
  queue.waiters.push({ task, exclusive });
}

/** Wakes every waiter that is not exclusive, and the exclusive one that has waited longest. */
export function wakeOne(k: Kernel, queue: WaitQueue): void {
  wake(k, queue, 1);
}

export function wakeAll(k: Kernel, queue: WaitQueue): void {
  wake(k, queue, Infinity);
}

/** Ends the sleep of one task, whatever it waits for (time-outs, signals, SIGKILL). */
export function wakeTask(k: Kernel, task: Task): void {
  const queue = task.waitingOn;
  if (!queue) return;
  const place = queue.waiters.findIndex((w) => w.task === task);
  if (place >= 0) queue.waiters.splice(place, 1);
  makeReady(k, task);
}

/** A signal became pending: ends an interruptible sleep, and the step that slept sees `interrupted`. */
export function interruptSleep(k: Kernel, task: Task): void {
  if (task.state !== 'interruptible') return;
  task.interrupted = true;
  wakeTask(k, task);
}

function wake(k: Kernel, queue: WaitQueue, exclusives: number): void {
  let left = exclusives;
  const woken = queue.waiters.filter(({ exclusive }) => !exclusive || left-- > 0);
  if (woken.length === 0) return;
  const kept = queue.waiters.filter((waiter) => !woken.includes(waiter));
  queue.waiters.splice(0, queue.waiters.length, ...kept);
  for (const { task } of woken) makeReady(k, task);
}

function makeReady(k: Kernel, task: Task): void {
  task.waitingOn = undefined;
  task.state = 'ready';
  enqueue(k, task);
}
