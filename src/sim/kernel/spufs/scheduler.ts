/**
 * The SPE scheduler of 2.6.18 (facts 4.1): one list of idle SPEs, waiters by priority, and a
 * delayed "reaper" that takes the SPE from a context of worse priority.
 */
import { faultSleeps, faultWoke } from '../fault/inFlight.ts';
import type { FaultInFlight } from '../fault/state.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, wait, yieldCpu, type Verdict } from '../path.ts';
import { ERRNO, RESTART } from '../syscall/errno.ts';
import { signalPending } from '../signal/pending.ts';
import type { Task } from '../state.ts';
import { bindContext } from './bind.ts';
import { deactivate, sendReaper } from './deactivate.ts';
import { beginWait, bestPriority, endWait, MAX_PRIO, slotOf, wakeBest } from './runQueue.ts';
import { lockForWriting, releaseWriter } from './stateSema.ts';
import type { SpeSlot, SpuContext } from './state.ts';

export interface Activation {
  readonly context: SpuContext;
  readonly fault: FaultInFlight | undefined;
  /** The SPE that was found. */
  spe: number | undefined;
  /** Priority with which the task sleeps in prio_wait. */
  sleepingAt: number | undefined;
}

declare module '../path.ts' {
  interface PathLocals {
    spu_activate: Activation;
    get_idle_spu: Activation;
    spu_yield: { readonly context: SpuContext };
  }
}

const FILE = 'arch/powerpc/platforms/cell/spufs/sched.c';

/** Binds a context to an SPE, waiting for one: 0, -ERESTARTSYS when a signal ended the wait, -EINVAL, or -EAGAIN. */
export const spuActivate = path('spu_activate', FILE, [
  step('a context that has an SPE keeps it', (_k, _task, f) => (f.context.spe === undefined ? next : done(0))),
  step('look for an idle SPE, or wait for one', (_k, _task, f) => call('get_idle_spu', f)),
  step('no SPE: -ERESTARTSYS when a signal is pending, else -EAGAIN', (_k, task, f) => {
    if (f.spe !== undefined) return next;
    if (f.context.spe !== undefined) return done(0);
    if (!f.context.owner) return done(-ERRNO.EINVAL);
    return done(signalPending(task) ? -RESTART.ERESTARTSYS : -ERRNO.EAGAIN);
  }),
  step('bind the context: unmap its files, restore its state onto the SPE', (k, task, f) => {
    if (f.spe !== undefined) bindContext(k, f.context, f.spe, task.priority);
    return done(0);
  }),
]);

/**
 * Finds an SPE for a context: its number in `f.spe`, or undefined when a signal ended the wait.
 * Linux holds the run queue's semaphore from looking to sleeping: here that is one step.
 */
export const getIdleSpu = path('get_idle_spu', FILE, [
  labelled('again', 'take an idle SPE; where none is, send the reaper to a context of worse priority and sleep (prio_wait)', lookOrSleep),
  labelled('yield', 'an SPE is idle, but an equal or better waiter was first: let it run', () => yieldCpu),
  step('a pending signal ends the search', (_k, task) => (signalPending(task) ? done(0) : goTo('again'))),
  labelled('woken', 'take state_sema again', (_k, task, f) => lockForWriting(task, f.context) ?? next),
  step('a pending signal ends the search; the next waiter goes on', (k, task) => {
    if (!signalPending(task)) return next;
    wakeBest(k);
    return done(0);
  }),
  // 2.6.18 does not look and can bind one context to two SPEs (facts 4.1); what follows from that is not modelled.
  step('somebody else got the context an SPE, or its owner has gone: nothing to look for', (_k, _task, f) =>
    f.context.spe === undefined && f.context.owner ? goTo('again') : done(0)),
]);

/** The end of spu_run: a waiter gets the SPE, else the context stays on it as the first victim. */
export const spuYield = path('spu_yield', FILE, [
  step('take state_sema for writing', (_k, task, f) => lockForWriting(task, f.context) ?? next),
  step('nobody waits for an SPE: keep it, with the worst priority', (k, _task, f) => {
    const slot = slotOf(k, f.context);
    if (slot && bestPriority(k.state.spufs.runQueue) < MAX_PRIO) return next;
    if (slot) slot.priority = MAX_PRIO;
    releaseWriter(k, f.context);
    return done(0);
  }),
  step('somebody waits: spu_deactivate', (k, _task, f) => {
    deactivate(k, f.context);
    releaseWriter(k, f.context);
    return next;
  }),
  step('let the waiter run first', () => yieldCpu),
  step('back again', () => done(0)),
]);

/** check_preempt_active: the unmarked SPE of the worst priority; of equals the one that has been active longest. */
function worstActive(k: Kernel): SpeSlot | undefined {
  const { slots, runQueue: { active } } = k.state.spufs;
  let worst: SpeSlot | undefined;
  for (const spe of active) {
    const slot = slots[spe];
    if (slot && !slot.marked && (!worst || slot.priority > worst.priority)) worst = slot;
  }
  return worst;
}

function lookOrSleep(k: Kernel, task: Task, f: Activation): Verdict {
  const queue = k.state.spufs.runQueue;
  if (f.sleepingAt !== undefined) {
    endWait(queue, f.sleepingAt);
    f.sleepingAt = undefined;
    if (f.fault) faultWoke(k, task, f.fault);
    return goTo('woken');
  }
  f.spe = undefined;
  if (queue.idle.length === 0) return sleep(k, task, f);
  if (task.priority >= bestPriority(queue)) {
    wakeBest(k);
    return goTo('yield');
  }
  f.spe = queue.idle.shift();
  return done(0);
}

function sleep(k: Kernel, task: Task, f: Activation): Verdict {
  const worst = worstActive(k);
  if (worst && task.priority < worst.priority) sendReaper(k, worst);
  f.sleepingAt = task.priority;
  const sleepers = beginWait(k.state.spufs.runQueue, task.priority);
  releaseWriter(k, f.context);
  return f.fault ? faultSleeps(k, f.fault, sleepers, true, true) : wait(sleepers, true, true);
}
