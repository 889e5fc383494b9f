/** spu_activate: getting a context an SPE, as each scheduler does it (facts 4). */
import { endsWait } from '../../fault/retryPolicy.ts';
import { call, done, labelled, next, path, step } from '../../path.ts';
import { ERRNO, RESTART } from '../../syscall/errno.ts';
import { bindContext } from '../bind.ts';
import { type Activation, under } from './activation.ts';
import { ASYNCHRONOUS } from './asynchronous.ts';
import { CONTEXT_QUEUE } from './queued.ts';
import { IDLE_LISTS } from './idleLists.ts';

declare module '../../path.ts' {
  interface PathLocals {
    spu_activate: Activation;
  }
}

/**
 * Binds a context to an SPE, waiting for one: 0, -ERESTARTSYS when a signal ended the wait,
 * -EINVAL, or -EAGAIN. From 2.6.25 on it does not wait, and 0 may mean that the context is on the run queue.
 */
export const spuActivate = path('spu_activate', 'arch/powerpc/platforms/cell/spufs/sched.c', [
  step('a context that has an SPE keeps it', (_k, _task, f) => (f.context.spe === undefined ? next : done(0))),
  ...under<Activation>(['reaper'], [
    step('look for an idle SPE, or wait for one', (_k, _task, f) => call('get_idle_spu', f)),
    step('no SPE: -ERESTARTSYS when a signal is pending, else -EAGAIN', (_k, task, f) => {
      if (f.spe !== undefined) return next;
      if (f.context.spe !== undefined) return done(0);
      if (!f.context.owner) return done(-ERRNO.EINVAL);
      return done(endsWait(task, f.fault) ? -RESTART.ERESTARTSYS : -ERRNO.EAGAIN);
    }),
    step('bind the context: unmap its files, restore its state onto the SPE', (k, task, f) => {
      if (f.spe !== undefined) bindContext(k, f.context, f.spe, task.priority);
      return done(0);
    }),
  ]),
  ...under(['none'], IDLE_LISTS),
  ...under(['rr', 'timeslice'], CONTEXT_QUEUE),
  ...under(['async'], ASYNCHRONOUS),
  labelled<Activation>('over', 'no SPE: -EINVAL where the context has no owner any more, else -ERESTARTSYS', (_k, _task, f) =>
    done(f.context.owner ? -RESTART.ERESTARTSYS : -ERRNO.EINVAL)),
]);

