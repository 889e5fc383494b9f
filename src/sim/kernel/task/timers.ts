/** Time-outs of waits, and the alarm of a program (ITIMER_REAL). */
import type { Kernel } from '../kernel.ts';
import { SIGNAL } from '../signal/numbers.ts';
import { kernelSignal, sendSignal } from '../signal/send.ts';
import type { Task, ThreadGroup, WaitQueue } from '../state.ts';

/** Wakes a task that still sleeps on a queue when a cycle is reached. */
export function startTimeout(k: Kernel, task: Task, queue: WaitQueue, due: number): void {
  k.schedule(due, { kind: 'timeout', task, queue });
}

/** Takes back a task's time-out on a queue: its wait is over. */
export function cancelTimeout(k: Kernel, task: Task, queue: WaitQueue): void {
  const { events } = k.state;
  for (let i = events.length - 1; i >= 0; i -= 1) {
    const action = events[i]?.action;
    if (action?.kind === 'timeout' && action.task === task && action.queue === queue) events.splice(i, 1);
  }
}

/** What is left of ITIMER_REAL and its period, in cycles; 0 where it is not armed. */
export function realTimerLeft(k: Kernel, group: ThreadGroup): { readonly left: number; readonly interval: number } {
  const { expires, interval } = group.realTimer;
  return { left: expires === 0 ? 0 : Math.max(expires - k.now(), 1), interval };
}

/** Arms ITIMER_REAL `delay` cycles from now, or stops it with 0. */
export function setRealTimer(k: Kernel, group: ThreadGroup, delay: number, interval: number): void {
  const id = group.realTimer.id + 1;
  removeRealTimer(k, group);
  group.realTimer = { expires: delay === 0 ? 0 : k.now() + delay, interval, id };
  if (delay > 0) k.schedule(k.now() + delay, { kind: 'realTimer', group, id });
}

/** The event of ITIMER_REAL: sends SIGALRM and starts the next period. An event of an earlier setting does nothing. */
export function realTimerExpired(k: Kernel, group: ThreadGroup, id: number): void {
  const { realTimer } = group;
  if (realTimer.id !== id || realTimer.expires === 0) return;
  const { expires, interval } = realTimer;
  realTimer.expires = interval === 0 ? 0 : expires + interval;
  if (interval > 0) k.schedule(realTimer.expires, { kind: 'realTimer', group, id });
  sendSignal(k, group, kernelSignal(SIGNAL.SIGALRM));
}

function removeRealTimer(k: Kernel, group: ThreadGroup): void {
  const { events } = k.state;
  const place = events.findIndex(({ action }) => action.kind === 'realTimer' && action.group === group);
  if (place >= 0) events.splice(place, 1);
}
