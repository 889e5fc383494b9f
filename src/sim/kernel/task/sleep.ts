/** nanosleep, clock_nanosleep and their restart. */
import { done, goTo, labelled, next, path, step, wait } from '../path.ts';
import { signalPending } from '../signal/pending.ts';
import type { WaitQueue } from '../state.ts';
import { encodeTimespec } from '../syscall/layouts.ts';
import { ERRNO, RESTART } from '../syscall/errno.ts';
import { copyToUser } from '../syscall/userCopy.ts';
import { newWaitQueue } from '../wait.ts';
import { timeOf } from './clock.ts';
import { cancelTimeout, startTimeout } from './timers.ts';

declare module '../path.ts' {
  interface PathLocals {
    hrtimer_nanosleep: Nanosleep;
  }
}

export interface Nanosleep {
  readonly clock: number;
  /** Cycle at which the sleep is over. */
  readonly due: number;
  /** An absolute sleep is restarted as it was; a relative one reports what is left. */
  readonly absolute: boolean;
  /** Where what is left of the time goes when a signal ends the sleep; 0 for nowhere. */
  readonly remainder: number;
  readonly queue: WaitQueue;
}

export function newNanosleep(clock: number, due: number, absolute: boolean, remainder: number): Nanosleep {
  return { clock, due, absolute, remainder, queue: newWaitQueue('sleep') };
}

export const hrtimerNanosleep = path('hrtimer_nanosleep', 'kernel/hrtimer.c', [
  step('start the timer', (k, task, f) => {
    startTimeout(k, task, f.queue, f.due);
    return next;
  }),
  step('sleep until it expires or a signal comes', (k, task, f) => {
    if (k.now() < f.due && !signalPending(task)) return wait(f.queue, true);
    cancelTimeout(k, task, f.queue);
    return k.now() < f.due ? goTo('interrupted') : done(0);
  }),
  labelled('interrupted', 'report what is left of the time', (k, _task, f) => {
    if (f.absolute) return done(-RESTART.ERESTARTNOHAND);
    return f.remainder === 0 ? goTo('restart') : copyToUser(f.remainder, encodeTimespec(timeOf(k, f.due - k.now())));
  }),
  step('a bad pointer is EFAULT', (_k, _task, _f, { returned }) => (returned > 0 ? done(-ERRNO.EFAULT) : next)),
  labelled('restart', 'restart_syscall will sleep for the rest', (_k, task, { clock, due, remainder }) => {
    task.restartBlock = { clock, due, remainder };
    return done(-RESTART.ERESTART_RESTARTBLOCK);
  }),
]);
