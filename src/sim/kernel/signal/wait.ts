/** Waiting for signals: sigsuspend, pause, sigtimedwait. */
import type { Kernel } from '../kernel.ts';
import { done, next, path, step, wait } from '../path.ts';
import type { Task, WaitQueue } from '../state.ts';
import type { OutBuffer } from '../syscall/arguments.ts';
import { ERRNO, RESTART } from '../syscall/errno.ts';
import { cancelTimeout, startTimeout } from '../task/timers.ts';
import { newWaitQueue } from '../wait.ts';
import { encodeSiginfo } from './frame.ts';
import { UNBLOCKABLE } from './numbers.ts';
import { dequeueSignal, setBlocked, signalPending } from './pending.ts';
import type { SignalInfo } from './state.ts';

declare module '../path.ts' {
  interface PathLocals {
    sigsuspend: { queue?: WaitQueue };
    rt_sigtimedwait: Sigtimedwait;
  }
}

export interface Sigtimedwait {
  readonly wanted: bigint;
  readonly due: number;
  readonly info: OutBuffer;
  readonly queue: WaitQueue;
  /** The thread's mask, while the wanted signals are let through to wake it. */
  blocked: bigint;
  taken: SignalInfo | undefined;
}

export function newSigtimedwait(wanted: bigint, due: number, info: OutBuffer): Sigtimedwait {
  return { wanted: wanted & ~UNBLOCKABLE, due, info, queue: newWaitQueue('a signal'), blocked: 0n, taken: undefined };
}

/** The mask is set by the call; do_signal puts the old one back when the handler has been set up. */
export const sigsuspend = path('sigsuspend', 'kernel/signal.c', [
  step('sleep until a signal comes', (_k, task, f) => {
    if (signalPending(task)) return done(-RESTART.ERESTARTNOHAND);
    f.queue ??= newWaitQueue('a signal');
    return wait(f.queue, true);
  }),
]);

/** Answers the signal taken, or -EAGAIN when the time is over, -EINTR for another signal. */
export const rtSigtimedwait = path('rt_sigtimedwait', 'kernel/signal.c', [
  step('take a wanted signal that is pending already; else let them through', (k, task, f) => {
    f.blocked = task.blocked;
    f.taken = dequeueSignal(task, ~f.wanted);
    if (f.taken || k.now() >= f.due) return next;
    setBlocked(task, task.blocked & ~f.wanted);
    if (f.due < Infinity) startTimeout(k, task, f.queue, f.due);
    return next;
  }),
  step('sleep until a signal or the end of the time', (k, task, f) => (
    f.taken || signalPending(task) || k.now() >= f.due ? next : wait(f.queue, true)
  )),
  step('take the signal, put the mask back', (k, task, f) => done(finish(k, task, f))),
]);

function finish(k: Kernel, task: Task, f: Sigtimedwait): number {
  cancelTimeout(k, task, f.queue);
  f.taken ??= dequeueSignal(task, ~f.wanted);
  setBlocked(task, f.blocked);
  if (f.taken) {
    f.info.bytes = encodeSiginfo(f.taken);
    return f.taken.number;
  }
  return k.now() >= f.due ? -ERRNO.EAGAIN : -ERRNO.EINTR;
}
