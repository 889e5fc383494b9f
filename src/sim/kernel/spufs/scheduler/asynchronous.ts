/** The scheduler of 2.6.25: a context that finds no SPE is left on the run queue, and nobody sleeps for it (facts 4.5). */
import { endsWait } from '../../fault/retryPolicy.ts';
import { done, goTo, labelled, next, step, type Step } from '../../path.ts';
import { SPU_CREATE } from '../createFlags.ts';
import { lockForWriting } from '../stateSema.ts';
import type { Activation } from './activation.ts';
import { addToRunQueue, removeFromRunQueue } from './contextQueue.ts';
import { bindNow } from './giveSpe.ts';
import { sleepInQueue } from './queued.ts';
import { findSpe, waitForVictim } from './victim.ts';

export const ASYNCHRONOUS: readonly Step<Activation>[] = [
  labelled('top', 'a pending signal: no SPE', (_k, task, f) => (endsWait(task, f.fault) ? goTo('over') : next)),
  step('an idle SPE, or for a real-time context that of a worse one: bind the context, wake run_wq', (k, _task, f) => {
    if (f.context.spe !== undefined) return done(0);
    const spe = findSpe(k, f);
    if (spe === undefined) return f.victim ? goTo('locked') : next;
    bindNow(k, f.context, spe);
    return done(0);
  }),
  step('none: the context joins the run queue, from where the scheduler takes it; with SPU_CREATE_NOSCHED the thread waits', (k, _task, { context }) => {
    if ((context.flags & SPU_CREATE.nosched) !== 0) return next;
    addToRunQueue(k, context);
    return done(0);
  }),
  step('sleep on stop_wq without state_mutex (spu_prio_wait)', sleepInQueue),
  step('take state_mutex again', (_k, task, f) => lockForWriting(task, f.context) ?? next),
  step('leave the run queue and look again', (k, _task, f) => {
    removeFromRunQueue(k, f.context);
    return goTo('top');
  }),
  waitForVictim('locked', 'top'),
];
