/** spu_run (facts 3.7): a thread lends itself to a context until the SPU program stops. */
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, stepWhen, wait, type Step, type Verdict } from '../path.ts';
import type { Profile } from '../profile/profile.ts';
import { SIGNAL, TRAP_CODE } from '../signal/numbers.ts';
import { signalPending } from '../signal/pending.ts';
import { faultSignal, forceSignal } from '../signal/send.ts';
import type { Task } from '../state.ts';
import { ERRNO, RESTART } from '../syscall/errno.ts';
import { wakeOne } from '../wait.ts';
import { readStatus, readNpc, startSpu, stopSpu } from './bind.ts';
import { SPU_CREATE } from './createFlags.ts';
import { needsAttention } from './processEvents.ts';
import { newActivation } from './scheduler/activation.ts';
import { removeFromRunQueue } from './scheduler/contextQueue.ts';
import { updateSchedule } from './scheduler/schedule.ts';
import { lockForReading, lockInterruptibly, releaseContext } from './stateSema.ts';
import { switchUtilization } from './statistics.ts';
import { STOPPED, stopCode, SYSTEM_CALL } from './stopCode.ts';
import type { SpuContext } from './state.ts';
import { logSwitch } from './switchLog.ts';

export interface SpuRun {
  readonly context: SpuContext;
  /** Local-store address where it starts, then where it stopped. */
  npc: number;
  /** SPU_Status when it stopped. */
  status: number;
  /** Why it ends before a stop: 0 or -ERESTARTSYS and its like. */
  error: number;
  asleep: boolean;
}

declare module '../path.ts' {
  interface PathLocals {
    spufs_run_spu: SpuRun;
  }
}

const BREAKPOINT = 0x3fff;
/** Stop codes with which a program asks for a call of the C library (facts 3.7). */
const LIBRARY_CALL = 0x2100;
const LIBRARY_CALL_MASK = 0x3f00;

/** Runs a context until it stops or a signal arrives; `f.npc` and `f.status` tell where and why. */
export const spufsRunSpu = path('spufs_run_spu', 'arch/powerpc/platforms/cell/spufs/run.c', [
  step('take run_sema: one thread runs a context at a time', takeRunSema),
  ...only(hasOwnScheduler, [
    step('lock the context; a signal ends the wait: -EINTR', (_k, task, f) => {
      const asleep = lockInterruptibly(task, f.context);
      return asleep === 'interrupted' ? leaveWith(f, -ERRNO.EINTR) : asleep ?? next;
    }),
    step('the context takes priority and policy of this thread; one with SPU_CREATE_NOSCHED gets an SPE now', (k, task, f) => {
      updateSchedule(k, task, f.context);
      return isNosched(f.context) ? call('spu_activate', newActivation(f.context)) : next;
    }),
    step('set the next instruction and start the SPU, wherever the context is; without an SPE, have it scheduled', (k, _task, f, { returned }) => {
      if (isNosched(f.context) && returned !== 0) return goTo('refused');
      startSpu(k, f.context, f.npc);
      return f.context.state === 'SAVED' ? call('spu_activate', newActivation(f.context)) : goTo('started');
    }),
    step('it could not be: a signal is pending', (_k, _task, _f, { returned }) => goTo(returned === 0 ? 'started' : 'refused')),
    labelled('refused', 'let go of the context and give up', (k, task, f) => {
      releaseContext(k, task, f.context);
      return leaveWith(f, -RESTART.ERESTARTSYS);
    }),
  ]),
  ...only((profile) => !hasOwnScheduler(profile), [
    labelled('runnable', 'get the context an SPE; from 2.6.23 on it takes priority and policy of this thread', (k, task, f) => {
      updateSchedule(k, task, f.context);
      return call('spu_acquire_runnable', { context: f.context, fault: undefined });
    }),
    step('no SPE: give up', (_k, _task, f, { returned }) => (returned === 0 ? next : leaveWith(f, returned))),
    step('set the next instruction and start the SPU', (k, _task, f) => {
      startSpu(k, f.context, f.npc);
      return next;
    }),
  ]),
  labelled('started', 'from now on its time counts as that of the program', (k, _task, f) => {
    f.context.schedule.inSpuRun = true;
    switchUtilization(k, f.context, 'user');
    return next;
  }),
  labelled('wait', 'sleep on stop_wq until the SPU stops, faults, or loses its SPE', sleepUntilStopped),
  step('lock the context again', (k, task, f) => lockForReading(k, task, f.context) ?? next),
  step('woken for nothing: sleep on, unless a signal is pending', (k, task, f) => {
    if (needsAttention(k, f.context)) return next;
    return goTo(signalPending(task) ? 'finish' : 'wait');
  }),
  labelled('awake', 'stopped with 0x2104: make a system call for the SPU program', (k, _task, f) => {
    switchUtilization(k, f.context, 'system');
    return stopCode(readStatus(k, f.context)) === SYSTEM_CALL
      ? call('spu_process_callback', { context: f.context, npc: 0, block: 0, result: 0, error: 0 })
      : goTo('served');
  }),
  step('it could not be made, or has to be made again: end', (_k, _task, _f, { returned }) => (returned === 0 ? next : goTo('finish'))),
  labelled('served', 'has the context lost its SPE?', (k, _task, f) => goTo(f.context.state === 'RUNNABLE' || hasOwnScheduler(k.profile) ? 'events' : 'lost')),
  ...only((profile) => !hasOwnScheduler(profile), [
    labelled('lost', 'read where it was, and why it stopped if it has', (k, task, f) => {
      f.npc = readNpc(k, f.context);
      f.status = readStatus(k, f.context);
      releaseContext(k, task, f.context);
      return next;
    }),
    step('a pending signal or a stop ends the run, else it gets an SPE again', (k, task, f) => {
      if (!signalPending(task) && (f.status & STOPPED) === 0) return goTo('runnable');
      return leaveWith(f, errorAfter(k, task, f.status));
    }),
  ]),
  labelled('events', 'serve its faults and errors', (_k, _task, f) => call('spu_process_events', { context: f.context })),
  step('a fault that was not served, an error or a signal ends the run', (k, _task, f, { returned }) => {
    switchUtilization(k, f.context, 'user');
    return returned === 0 ? next : goTo('finish');
  }),
  step('until it has stopped or halted', (k, _task, f) => ((readStatus(k, f.context) & STOPPED) === 0 ? goTo('wait') : next)),
  labelled('finish', 'stop the SPU, read its status and next instruction', (k, task, f) => {
    const { context } = f;
    stopSpu(k, context);
    f.status = readStatus(k, context);
    f.npc = readNpc(k, context);
    if (((stopCode(f.status) ?? 0) & LIBRARY_CALL_MASK) === LIBRARY_CALL) context.statistics.libraryCalls += 1;
    removeFromRunQueue(k, context);
    logSwitch(k, context, 'exit', f.status);
    switchUtilization(k, context, 'loaded');
    releaseContext(k, task, context);
    f.error = errorAfter(k, task, f.status);
    return next;
  }),
  step('whoever waits for an SPE gets this one', (_k, _task, f) => {
    f.context.schedule.inSpuRun = false;
    return call('spu_yield', { context: f.context });
  }),
  stepWhen(({ spuBreakpointTraps }) => spuBreakpointTraps, 'stopped with 0x3fff: a breakpoint, SIGTRAP', (k, task, f) => {
    if (stopCode(f.status) !== BREAKPOINT) return next;
    forceSignal(k, task, faultSignal(SIGNAL.SIGTRAP, TRAP_CODE.BRKPT, BigInt(f.npc), 0, 0));
    f.error = -RESTART.ERESTARTSYS;
    return next;
  }),
  labelled('leave', 'give back run_sema; answer the status, or why there is none', (k, task, f) => {
    f.context.runner = undefined;
    f.context.schedule.inSpuRun = false;
    task.runningContext = undefined;
    f.context.runSema.holder = undefined;
    wakeOne(k, f.context.runSema.queue);
    return done(f.error === 0 ? f.status : f.error);
  }),
]);

/** From 2.6.25 on spu_run leaves its context to the scheduler. */
function hasOwnScheduler({ scheduler }: Profile): boolean {
  return scheduler === 'async';
}

function only(when: (profile: Profile) => boolean, steps: readonly Step<SpuRun>[]): Step<SpuRun>[] {
  return steps.map((s) => ({ ...s, when }));
}

function isNosched({ flags }: SpuContext): boolean {
  return (flags & SPU_CREATE.nosched) !== 0;
}

function leaveWith(f: SpuRun, error: number): Verdict {
  f.error = error;
  return goTo('leave');
}

function takeRunSema(_k: Kernel, task: Task, { context }: SpuRun): Verdict {
  const { runSema } = context;
  if (runSema.holder === undefined) {
    runSema.holder = task;
    context.runner = task;
    context.eventReturn = 0;
    task.runningContext = context;
    return next;
  }
  return task.interrupted ? done(-RESTART.ERESTARTSYS) : wait(runSema.queue, true, true);
}

function sleepUntilStopped(k: Kernel, task: Task, f: SpuRun): Verdict {
  if (f.asleep) {
    f.asleep = false;
    return next;
  }
  if (needsAttention(k, f.context)) return goTo('awake');
  releaseContext(k, task, f.context);
  // The scheduler may have waited for just that.
  if (needsAttention(k, f.context)) return next;
  f.asleep = true;
  return wait(f.context.stopQueue, true);
}

/** spu_run_fini: a pending signal asks for a restart. In 2.6.18 it wins even over a stop, whose status is lost. */
function errorAfter({ profile: { stopBeatsSignal } }: Kernel, task: Task, status: number): number {
  if (!signalPending(task)) return 0;
  const hasStopped = (status & STOPPED) !== 0 && stopCode(status) !== SYSTEM_CALL;
  return stopBeatsSignal && hasStopped ? 0 : -RESTART.ERESTARTSYS;
}

