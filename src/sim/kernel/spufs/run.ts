/** spu_run (facts 3.7): a thread lends itself to a context until the SPU program stops. */
import { INTERRUPT, clearInterrupts, interruptStatus } from '../../spe/interrupts.ts';
import { SPU_STATUS } from '../../spe/spe.ts';
import { speFaultLocals } from '../fault/speFault.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, wait, type Verdict } from '../path.ts';
import { downRead } from '../rwsem.ts';
import { BUS_CODE, ILL_CODE, SIGNAL } from '../signal/numbers.ts';
import { signalPending } from '../signal/pending.ts';
import { faultSignal, forceSignal } from '../signal/send.ts';
import type { Task } from '../state.ts';
import { RESTART } from '../syscall/errno.ts';
import { wakeOne } from '../wait.ts';
import { releaseContext } from './acquire.ts';
import { readStatus, readNpc, speOf, startSpu, stopSpu } from './bind.ts';
import { yieldSpe } from './scheduler.ts';
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

/** Runs a context until it stops or a signal arrives; `f.npc` and `f.status` tell where and why. */
export const spufsRunSpu = path('spufs_run_spu', FILE, [
  step('take run_sema: one thread runs a context at a time', takeRunSema),
  labelled('runnable', 'get the context an SPE', (_k, _task, f) => call('spu_acquire_runnable', { context: f.context, fault: undefined })),
  step('no SPE: give up', (k, _task, f, { returned }) => {
    if (returned === 0) return next;
    f.error = returned;
    return goTo('leave');
  }),
  step('set the next instruction and start the SPU', (k, task, f) => {
    f.context.runner = task;
    task.runningContext = f.context;
    startSpu(k, f.context, f.npc);
    return next;
  }),
  labelled('wait', 'sleep on stop_wq until the SPU stops, faults, or loses its SPE', sleepUntilStopped),
  step('take state_sema again', (_k, task, f) => downRead(task, f.context.stateSema) ?? next),
  step('woken for nothing: sleep on', (_k, task, f) => {
    if (needsAttention(_k, f.context)) return next;
    if (!signalPending(task)) return goTo('wait');
    f.error = -RESTART.ERESTARTSYS;
    return goTo('finish');
  }),
  labelled('awake', 'the context lost its SPE: get one again', (k, task, f) => {
    if (f.context.state === 'RUNNABLE') return next;
    f.npc = readNpc(k, f.context);
    releaseContext(k, task, f.context);
    return goTo('runnable');
  }),
  step('serve its faults and errors', (_k, _task, f) => call('spu_process_events', f)),
  step('a signal ends the run', (_k, _task, f, { returned }) => {
    f.error = returned;
    return returned === 0 ? next : goTo('finish');
  }),
  step('until it has stopped or halted', (k, _task, f) => ((readStatus(k, f.context) & STOPPED) === 0 ? goTo('wait') : next)),
  labelled('finish', 'stop the SPU, read its status and next instruction', (k, task, f) => {
    stopSpu(k, f.context);
    f.status = readStatus(k, f.context);
    f.npc = readNpc(k, f.context);
    f.context.runner = undefined;
    task.runningContext = undefined;
    releaseContext(k, task, f.context);
    return next;
  }),
  step('spu_yield: whoever waits for an SPE gets this one', (k, _task, f) => {
    yieldSpe(k, f.context);
    return next;
  }),
  labelled('leave', 'give back run_sema', (k, _task, f) => {
    f.context.runSema.holder = undefined;
    wakeOne(k, f.context.runSema.queue);
    return done(f.error === 0 || (k.profile.stopBeatsSignal && (f.status & STOPPED) !== 0) ? f.status : f.error);
  }),
]);

/** What the SPE raised while its thread slept: 0, or -ERESTARTSYS when a signal is pending afterwards. */
export const spuProcessEvents = path('spu_process_events', FILE, [
  step('a class 1 storage fault: bring the page in for the MFC', (k, task, f) => {
    const spe = speOf(k, f.context);
    if ((interruptStatus(spe, 1) & INTERRUPT.storageFault) === 0) return next;
    clearInterrupts(spe, 1, INTERRUPT.storageFault);
    return call('spu_handle_mm_fault', speFaultLocals(k, task, f.context));
  }),
  step('class 0 errors become signals', (k, task, f) => {
    signalErrors(k, task, f.context);
    return next;
  }),
  step('a pending signal ends the run', (_k, task) => done(signalPending(task) ? -RESTART.ERESTARTSYS : 0)),
]);

function takeRunSema(_k: Kernel, task: Task, { context: { runSema } }: SpuRun): Verdict {
  if (runSema.holder === undefined) {
    runSema.holder = task;
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
  f.asleep = true;
  releaseContext(k, task, f.context);
  return wait(f.context.stopQueue, true);
}

/** spu_stopped: the SPU is not running, has an interrupt to serve, or has no SPE. */
function needsAttention(k: Kernel, context: SpuContext): boolean {
  if (context.state !== 'RUNNABLE') return true;
  const spe = speOf(k, context);
  if ((spe.state.run.status & SPU_STATUS.running) === 0) return true;
  return interruptStatus(spe, 0) !== 0 || interruptStatus(spe, 1) !== 0;
}

/** Signals of class 0 interrupts (facts 5.1). */
function signalErrors(k: Kernel, task: Task, context: SpuContext): void {
  const spe = speOf(k, context);
  const errors = interruptStatus(spe, 0);
  if (errors === 0) return;
  clearInterrupts(spe, 0, errors);
  if ((errors & INTERRUPT.dmaAlignment) !== 0) {
    forceSignal(k, task, faultSignal(SIGNAL.SIGBUS, BUS_CODE.ADRALN, 0n, 0, 0));
  }
  if ((errors & INTERRUPT.invalidDmaCommand) !== 0) {
    forceSignal(k, task, faultSignal(SIGNAL.SIGBUS, BUS_CODE.OBJERR, 0n, 0, 0));
  }
  if ((errors & INTERRUPT.spuError) !== 0) {
    forceSignal(k, task, faultSignal(SIGNAL.SIGILL, ILL_CODE.ILLOPC, BigInt(readNpc(k, context)), 0, 0));
  }
}
