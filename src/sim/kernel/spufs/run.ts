/** spu_run (facts 3.7): a thread lends itself to a context until the SPU program stops. */
import { INTERRUPT, clearInterrupts, interruptStatus } from '../../spe/interrupts.ts';
import { SPU_STATUS } from '../../spe/spe.ts';
import { speFaultLocals } from '../fault/speFault.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, stepWhen, wait, type Verdict } from '../path.ts';
import { SIGNAL, TRAP_CODE } from '../signal/numbers.ts';
import { signalPending } from '../signal/pending.ts';
import { faultSignal, forceSignal } from '../signal/send.ts';
import type { Task } from '../state.ts';
import { RESTART } from '../syscall/errno.ts';
import { wakeOne } from '../wait.ts';
import { readStatus, readNpc, speOf, startSpu, stopSpu } from './bind.ts';
import { signalErrors } from './errors.ts';
import { lockForReading, releaseContext } from './stateSema.ts';
import type { SpuContext } from './state.ts';

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
    spu_process_events: SpuRun;
  }
}

const FILE = 'arch/powerpc/platforms/cell/spufs/run.c';
const STOPPED = SPU_STATUS.stoppedByStop | SPU_STATUS.stoppedByHalt;
const CODE_SHIFT = 16;
/** Stop codes that mean something to the kernel. */
const SYSTEM_CALL = 0x2104;
const BREAKPOINT = 0x3fff;

/** Runs a context until it stops or a signal arrives; `f.npc` and `f.status` tell where and why. */
export const spufsRunSpu = path('spufs_run_spu', FILE, [
  step('take run_sema: one thread runs a context at a time', takeRunSema),
  labelled('runnable', 'get the context an SPE', (_k, _task, f) => call('spu_acquire_runnable', { context: f.context, fault: undefined })),
  step('no SPE: give up', (_k, _task, f, { returned }) => {
    if (returned === 0) return next;
    f.error = returned;
    return goTo('leave');
  }),
  step('set the next instruction and start the SPU', (k, _task, f) => {
    startSpu(k, f.context, f.npc);
    return next;
  }),
  labelled('wait', 'sleep on stop_wq until the SPU stops, faults, or loses its SPE', sleepUntilStopped),
  step('take state_sema again', (_k, task, f) => lockForReading(task, f.context) ?? next),
  step('woken for nothing: sleep on, unless a signal is pending', (k, task, f) => {
    if (needsAttention(k, f.context)) return next;
    return goTo(signalPending(task) ? 'finish' : 'wait');
  }),
  labelled('awake', 'stopped with 0x2104: make a system call for the SPU program', (k, _task, f) =>
    (stopCode(readStatus(k, f.context)) === SYSTEM_CALL ? call('spu_process_callback', { context: f.context, npc: 0, block: 0, result: 0, error: 0 }) : goTo('served'))),
  step('it could not be made, or has to be made again: end', (_k, _task, _f, { returned }) => (returned === 0 ? next : goTo('finish'))),
  labelled('served', 'the context lost its SPE: read where it was, and why it stopped if it has', (k, task, f) => {
    if (f.context.state === 'RUNNABLE') return goTo('events');
    f.npc = readNpc(k, f.context);
    f.status = readStatus(k, f.context);
    releaseContext(k, task, f.context);
    return next;
  }),
  step('a pending signal or a stop ends the run, else it gets an SPE again', (k, task, f) => {
    if (!signalPending(task) && (f.status & STOPPED) === 0) return goTo('runnable');
    f.error = errorAfter(k, task, f.status);
    return goTo('leave');
  }),
  labelled('events', 'serve its faults and errors', (_k, _task, f) => call('spu_process_events', f)),
  step('a fault that was not served, an error or a signal ends the run', (_k, _task, _f, { returned }) => (returned === 0 ? next : goTo('finish'))),
  step('until it has stopped or halted', (k, _task, f) => ((readStatus(k, f.context) & STOPPED) === 0 ? goTo('wait') : next)),
  labelled('finish', 'stop the SPU, read its status and next instruction', (k, task, f) => {
    stopSpu(k, f.context);
    f.status = readStatus(k, f.context);
    f.npc = readNpc(k, f.context);
    releaseContext(k, task, f.context);
    f.error = errorAfter(k, task, f.status);
    return next;
  }),
  step('whoever waits for an SPE gets this one', (_k, _task, f) => call('spu_yield', { context: f.context })),
  stepWhen(({ spuBreakpointTraps }) => spuBreakpointTraps, 'stopped with 0x3fff: a breakpoint, SIGTRAP', (k, task, f) => {
    if (stopCode(f.status) !== BREAKPOINT) return next;
    forceSignal(k, task, faultSignal(SIGNAL.SIGTRAP, TRAP_CODE.BRKPT, BigInt(f.npc), 0, 0));
    f.error = -RESTART.ERESTARTSYS;
    return next;
  }),
  labelled('leave', 'give back run_sema; answer the status, or why there is none', (k, task, f) => {
    f.context.runner = undefined;
    task.runningContext = undefined;
    f.context.runSema.holder = undefined;
    wakeOne(k, f.context.runSema.queue);
    return done(f.error === 0 ? f.status : f.error);
  }),
]);

/** What the SPE raised while its thread slept: 0, or a negative errno that ends the run. */
export const spuProcessEvents = path('spu_process_events', FILE, [
  step('a class 1 storage fault: bring the page in for the MFC', (k, task, f) => {
    const spe = speOf(k, f.context);
    if ((interruptStatus(spe, 1) & INTERRUPT.storageFault) === 0) return goTo('errors');
    clearInterrupts(spe, 1, INTERRUPT.storageFault);
    return call('spu_handle_mm_fault', speFaultLocals(k, task, f.context));
  }),
  step('not served: that ends the run', (_k, _task, _f, { returned }) => (returned === 0 ? next : done(returned))),
  labelled('errors', 'class 0 errors become signals', (k, task, f) => {
    signalErrors(k, task, f.context);
    return next;
  }),
  step('a pending signal ends the run', (_k, task) => done(signalPending(task) ? -RESTART.ERESTARTSYS : 0)),
]);

function takeRunSema(_k: Kernel, task: Task, { context }: SpuRun): Verdict {
  const { runSema } = context;
  if (runSema.holder === undefined) {
    runSema.holder = task;
    context.runner = task;
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
  // The reaper may have waited for just that.
  if (needsAttention(k, f.context)) return next;
  f.asleep = true;
  return wait(f.context.stopQueue, true);
}

/** spu_stopped: the SPU is not running, has an interrupt to serve, or has no SPE. */
function needsAttention(k: Kernel, context: SpuContext): boolean {
  if (context.state !== 'RUNNABLE') return true;
  const spe = speOf(k, context);
  if ((spe.state.run.status & SPU_STATUS.running) === 0) return true;
  return interruptStatus(spe, 0) !== 0 || interruptStatus(spe, 1) !== 0;
}

/** spu_run_fini: a pending signal asks for a restart. In 2.6.18 it wins even over a stop, whose status is lost. */
function errorAfter({ profile: { stopBeatsSignal } }: Kernel, task: Task, status: number): number {
  if (!signalPending(task)) return 0;
  const hasStopped = (status & STOPPED) !== 0 && stopCode(status) !== SYSTEM_CALL;
  return stopBeatsSignal && hasStopped ? 0 : -RESTART.ERESTARTSYS;
}

/** Type of the stop instruction that stopped the SPU; undefined where none did. */
function stopCode(status: number): number | undefined {
  return (status & SPU_STATUS.stoppedByStop) === 0 ? undefined : (status >>> CODE_SHIFT) & 0x3fff;
}
