/** The scheduler of 2.6.19: lists of idle SPEs, and nobody is ever pushed off (facts 4.2). */
import { faultSleeps, faultWoke } from '../../fault/inFlight.ts';
import { endsWait } from '../../fault/retryPolicy.ts';
import type { Kernel } from '../../kernel.ts';
import { done, goTo, labelled, next, step, wait, type Step, type Verdict } from '../../path.ts';
import type { Task } from '../../state.ts';
import { bindContext } from '../bind.ts';
import { lockForWriting, releaseWriter } from '../stateSema.ts';
import type { Activation } from './activation.ts';
import { takeIdle } from './idle.ts';
import { beginWait, endWait, wakeBest } from './taskQueue.ts';
import { waitBegins, waitEnds } from './waiting.ts';

export const IDLE_LISTS: readonly Step<Activation>[] = [
  labelled('look', 'an idle SPE, of the nearest node that has one: bind the context to it', (k, task, f) => {
    const spe = takeIdle(k, f.context);
    if (spe === undefined) return next;
    bindContext(k, f.context, spe, task.priority);
    return done(0);
  }),
  step('none: sleep at this thread\'s priority until one becomes idle (spu_prio_wait), without state_sema', sleep),
  step('take state_sema again', (_k, task, f) => lockForWriting(task, f.context) ?? next),
  step('somebody else got the context an SPE: good; a pending signal ends the search, and the next waiter goes on', (k, task, f) => {
    if (f.context.spe !== undefined) return done(0);
    if (!endsWait(task, f.fault) && f.context.owner) return goTo('look');
    wakeBest(k);
    return goTo('over');
  }),
];

function sleep(k: Kernel, task: Task, f: Activation): Verdict {
  const queue = k.state.spufs.runQueue;
  if (f.sleepingAt !== undefined) {
    endWait(queue, f.sleepingAt);
    waitEnds(k, f.context);
    f.sleepingAt = undefined;
    if (f.fault) faultWoke(k, task, f.fault);
    return next;
  }
  f.sleepingAt = task.priority;
  const sleepers = beginWait(queue, task.priority);
  waitBegins(k, f.context);
  releaseWriter(k, f.context);
  return f.fault ? faultSleeps(k, f.fault, sleepers, true, true) : wait(sleepers, true, true);
}
