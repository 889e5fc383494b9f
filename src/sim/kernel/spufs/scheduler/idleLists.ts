/** The scheduler of 2.6.19: lists of idle SPEs, and nobody is ever pushed off (facts 4.2). */
import { endsWait } from '../../fault/retryPolicy.ts';
import type { Kernel } from '../../kernel.ts';
import { done, goTo, labelled, next, step, type Step, type Verdict } from '../../path.ts';
import type { Task } from '../../state.ts';
import { bindContext } from '../bind.ts';
import { lockForWriting } from '../stateSema.ts';
import type { Activation } from './activation.ts';
import { takeIdle } from './idle.ts';
import { hasWoken, sleepAtPriority } from './prioWait.ts';
import { wakeBest } from './taskQueue.ts';

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
  return hasWoken(k, task, f) ? next : sleepAtPriority(k, task, f);
}
