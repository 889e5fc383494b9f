/**
 * The SPE scheduler of 2.6.18 (facts 4.1): one list of idle SPEs, waiters by priority, and a
 * delayed "reaper" that takes the SPE from a context of worse priority.
 */
import { endsWait } from '../../fault/retryPolicy.ts';
import type { Kernel } from '../../kernel.ts';
import { done, goTo, labelled, next, path, step, stepWhen, yieldCpu, type Verdict } from '../../path.ts';
import type { Task } from '../../state.ts';
import { lockForWriting } from '../stateSema.ts';
import type { SpeSlot } from '../state.ts';
import type { Activation } from './activation.ts';
import { sendReaper } from './reaperWork.ts';
import { hasWoken, sleepAtPriority } from './prioWait.ts';
import { bestPriority, wakeBest } from './taskQueue.ts';

declare module '../../path.ts' {
  interface PathLocals {
    get_idle_spu: Activation;
  }
}

/**
 * Finds an SPE for a context: its number in `f.spe`, or undefined when a signal ended the wait.
 * Linux holds the run queue's semaphore from looking to sleeping: here that is one step.
 */
export const getIdleSpu = path('get_idle_spu', 'arch/powerpc/platforms/cell/spufs/sched.c', [
  labelled('again', 'take an idle SPE; where none is, send the reaper to a context of worse priority and sleep (prio_wait)', lookOrSleep),
  labelled('yield', 'an SPE is idle, but an equal or better waiter was first: let it run', () => yieldCpu),
  step('a pending signal ends the search', (_k, task, f) => (endsWait(task, f.fault) ? done(0) : goTo('again'))),
  labelled('woken', 'take state_sema again', (_k, task, f) => lockForWriting(task, f.context) ?? next),
  step('a pending signal ends the search; the next waiter goes on', (k, task, f) => {
    if (!endsWait(task, f.fault)) return next;
    wakeBest(k);
    return done(0);
  }),
  stepWhen(({ activationLooksAgain }) => activationLooksAgain, 'somebody else got the context an SPE meanwhile: nothing to look for', (_k, _task, f) =>
    (f.context.spe === undefined ? next : done(0))),
  step('look again, unless the owner of the context has gone', (_k, _task, f) => (f.context.owner ? goTo('again') : done(0))),
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
  if (hasWoken(k, task, f)) return goTo('woken');
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
  return sleepAtPriority(k, task, f);
}
