/** The schedulers of 2.6.21 and 2.6.23: contexts wait in a run queue, and their threads with them (facts 4.3, 4.4). */
import { faultSleeps, faultWoke } from '../../fault/inFlight.ts';
import { endsWait } from '../../fault/retryPolicy.ts';
import type { Kernel } from '../../kernel.ts';
import { done, goTo, labelled, next, step, wait, type Step, type Verdict } from '../../path.ts';
import type { Task } from '../../state.ts';
import { bindContext } from '../bind.ts';
import { lockForWriting, releaseWriter } from '../stateSema.ts';
import type { Activation } from './activation.ts';
import { addToRunQueue, removeFromRunQueue } from './contextQueue.ts';
import { startRoundRobin } from './tick.ts';
import { findSpe, waitForVictim } from './victim.ts';

export const CONTEXT_QUEUE: readonly Step<Activation>[] = [
  labelled('search', 'an idle SPE, or for a real-time context that of a worse one (find_victim): bind the context to it', (k, _task, f) => {
    const { context } = f;
    if (context.spe !== undefined) return done(0);
    const spe = findSpe(k, f);
    if (spe === undefined) return f.victim ? goTo('held') : next;
    bindContext(k, context, spe, context.schedule.priority);
    startRoundRobin(k, context);
    return done(0);
  }),
  step('none: the context joins the run queue, and the thread sleeps on stop_wq without state_mutex (spu_prio_wait)', sleepInQueue),
  step('take state_mutex again', (_k, task, f) => lockForWriting(task, f.context) ?? next),
  step('the context leaves the run queue; a pending signal ends the search', (k, task, f) => {
    removeFromRunQueue(k, f.context);
    return endsWait(task, f.fault) || !f.context.owner ? goTo('over') : goTo('search');
  }),
  waitForVictim('held', 'search'),
];

/** stop_wq, exclusively: of several threads that want one context one is woken for an SPE. */
export function sleepInQueue(k: Kernel, task: Task, f: Activation): Verdict {
  const { context } = f;
  if (f.asleep) {
    f.asleep = false;
    if (f.fault) faultWoke(k, task, f.fault);
    return next;
  }
  if (endsWait(task, f.fault)) return goTo('over');
  addToRunQueue(k, context);
  f.asleep = true;
  releaseWriter(k, context);
  return f.fault ? faultSleeps(k, f.fault, context.stopQueue, true, true) : wait(context.stopQueue, true, true);
}
