/**
 * The SPE scheduler of 2.6.18 (facts 4.1): one list of idle SPEs, waiters by priority, and a
 * delayed "reaper" that takes the SPE from a context of worse priority.
 */
import { faultSleeps, faultWoke } from '../fault/inFlight.ts';
import type { FaultInFlight } from '../fault/state.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, wait, yieldCpu, type Verdict } from '../path.ts';
import { downWrite, upWrite } from '../rwsem.ts';
import { ERRNO, RESTART } from '../syscall/errno.ts';
import { signalPending } from '../signal/pending.ts';
import type { Task, WaitQueue } from '../state.ts';
import { newWaitQueue, wakeAll, wakeOne } from '../wait.ts';
import { bindContext, unbindContext } from './bind.ts';
import type { SpeSlot, SpuContext, SpuRunQueue } from './state.ts';

/** Worse than every priority: the mark of an SPE that nobody needs. */
export const MAX_PRIO = 140;
/** Shortest time that a context keeps its SPE, in milliseconds. */
const MINIMUM_SLICE_MS = 100;
/** The reaper looks again this soon when the context is locked, in milliseconds. */
const REAPER_RETRY_MS = 1;

export interface Activation {
  readonly context: SpuContext;
  readonly fault: FaultInFlight | undefined;
  /** The SPE that was found. */
  spe: number | undefined;
  /** The task sleeps in prio_wait. */
  asleep: boolean;
}

declare module '../path.ts' {
  interface PathLocals {
    spu_activate: Activation;
    get_idle_spu: Activation;
  }
}

/** Binds a context to an SPE, waiting for one: 0, -ERESTARTSYS when a signal ended the wait, or -EAGAIN. */
export const spuActivate = path('spu_activate', 'arch/powerpc/platforms/cell/spufs/sched.c', [
  step('a context that has an SPE keeps it', (_k, _task, f) => (f.context.spe === undefined ? next : done(0))),
  step('look for an idle SPE, or wait for one', (_k, _task, f) => call('get_idle_spu', f)),
  step('no SPE: -ERESTARTSYS when a signal is pending, else -EAGAIN', (_k, task, f) => {
    if (f.spe !== undefined) return next;
    return done(signalPending(task) ? -RESTART.ERESTARTSYS : -ERRNO.EAGAIN);
  }),
  step('bind the context: unmap its files, restore its state onto the SPE', (k, task, f) => {
    if (f.spe !== undefined) bindContext(k, f.context, f.spe, task.priority);
    return done(0);
  }),
]);

/** Finds an SPE for a context: its number in `f.spe`, or undefined when a signal ended the wait. */
export const getIdleSpu = path('get_idle_spu', 'arch/powerpc/platforms/cell/spufs/sched.c', [
  labelled('again', 'is an SPE idle?', (k, _task, f) => {
    f.spe = undefined;
    return runQueue(k).idle.length > 0 ? next : goTo('none');
  }),
  step('take it, unless somebody of equal or better priority waits', (k, task, f) => {
    const queue = runQueue(k);
    if (task.priority >= bestWaiting(queue)) return next;
    f.spe = queue.idle.shift();
    return done(0);
  }),
  step('wake the best waiter and let it go first', (k) => {
    wakeBest(k);
    return yieldCpu;
  }),
  step('a pending signal ends the search', (_k, task) => (signalPending(task) ? done(0) : goTo('again'))),
  labelled('none', 'send the reaper to a context of worse priority', (k, task) => {
    sendReaper(k, task);
    return next;
  }),
  step('prio_wait: let go of state_sema and sleep until an SPE becomes idle', prioWait),
  step('take state_sema again', (_k, task, f) => downWrite(task, f.context.stateSema) ?? next),
  step('a pending signal ends the search; the next waiter goes on', (k, task) => {
    if (!signalPending(task)) return goTo('again');
    wakeBest(k);
    return done(0);
  }),
]);

/** At the end of spu_run: a waiter gets the SPE, else the context stays on it as the first victim. */
export function yieldSpe(k: Kernel, context: SpuContext): void {
  const slot = slotOf(k, context);
  if (!slot) return;
  if (runQueue(k).blocked > 0) deactivate(k, context);
  else slot.priority = MAX_PRIO;
}

/** Takes the SPE from a context (spu_deactivate): its state is saved, and the best waiter may have the SPE. */
export function deactivate(k: Kernel, context: SpuContext): void {
  const slot = slotOf(k, context);
  if (!slot) return;
  unbindContext(k, context);
  const queue = runQueue(k);
  queue.idle.push(slot.spe);
  queue.switches += 1;
  wakeBest(k);
}

/** The reaper arrives at an SPE: it takes it from the context, if that is still there and somebody still waits. */
export function reap(k: Kernel, spe: number, context: SpuContext): void {
  const slot = k.state.spufs.slots[spe];
  if (!slot?.marked || slot.context !== context) return;
  if (runQueue(k).blocked === 0) {
    slot.marked = false;
    return;
  }
  const { stateSema } = context;
  if (stateSema.readers.length > 0 || stateSema.writer !== undefined) {
    k.schedule(k.now() + cyclesOf(k, REAPER_RETRY_MS), { kind: 'speScheduler', spe, context });
    return;
  }
  deactivate(k, context);
  wakeAll(k, context.stopQueue);
}

/** The SPE that a context is bound to. */
export function slotOf(k: Kernel, { spe }: SpuContext): SpeSlot | undefined {
  return spe === undefined ? undefined : k.state.spufs.slots[spe];
}

/** Pre-emption: the reaper is sent to the context of the worst priority, when that is worse than the task's (check_preempt_active). */
function sendReaper(k: Kernel, task: Task): void {
  let worst: SpeSlot | undefined;
  for (const slot of k.state.spufs.slots) {
    if (slot.context && !slot.marked && (!worst || slot.priority > worst.priority)) worst = slot;
  }
  if (!worst?.context || task.priority >= worst.priority) return;
  worst.marked = true;
  const due = Math.max(k.now(), worst.timestamp + cyclesOf(k, MINIMUM_SLICE_MS));
  k.schedule(due, { kind: 'speScheduler', spe: worst.spe, context: worst.context });
}

function prioWait(k: Kernel, task: Task, f: Activation): Verdict {
  const queue = runQueue(k);
  if (f.asleep) {
    f.asleep = false;
    queue.blocked -= 1;
    if (f.fault) faultWoke(k, task, f.fault);
    return next;
  }
  f.asleep = true;
  queue.blocked += 1;
  upWrite(k, f.context.stateSema);
  const sleepers = waitingAt(queue, task.priority);
  return f.fault ? faultSleeps(k, f.fault, sleepers, true, true) : wait(sleepers, true, true);
}

function wakeBest(k: Kernel): void {
  const queue = runQueue(k);
  const best = queue.waiting.get(bestWaiting(queue));
  if (best) wakeOne(k, best);
}

/** Best priority that waits; MAX_PRIO when nobody does. */
function bestWaiting({ waiting }: SpuRunQueue): number {
  let best = MAX_PRIO;
  for (const [priority, { waiters }] of waiting) if (waiters.length > 0 && priority < best) best = priority;
  return best;
}

function waitingAt({ waiting }: SpuRunQueue, priority: number): WaitQueue {
  let queue = waiting.get(priority);
  if (!queue) {
    queue = newWaitQueue(`the SPE run queue at priority ${String(priority)}`);
    waiting.set(priority, queue);
  }
  return queue;
}

function runQueue(k: Kernel): SpuRunQueue {
  return k.state.spufs.runQueue;
}

function cyclesOf(k: Kernel, milliseconds: number): number {
  return Math.floor((milliseconds * k.configuration.cyclesPerSecond) / 1000);
}
