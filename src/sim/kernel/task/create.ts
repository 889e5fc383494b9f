/** Tasks and thread groups: making them, and the numbers that name them. */
import { PPE_USER_BYTES } from '../../ppe/layout.ts';
import { PpeRegisters } from '../../ppe/registers.ts';
import type { Kernel, MachineConfiguration } from '../kernel.ts';
import { taskNamed } from '../../timeline/record.ts';
import type { Mm } from '../mm/state.ts';
import type { SignalHandlers } from '../signal/state.ts';
import type { Task, ThreadGroup } from '../state.ts';
import { newWaitQueue } from '../wait.ts';
import { fullSlice, linuxPriority } from './cpu.ts';
import { freeTidAfter } from './tid.ts';
import { NO_USAGE } from './usage.ts';
import { PR_FP_EXC_PRECISE } from './prctl.ts';

/** Process number of the program. It is no init: page faults treat number 1 in a way of its own (facts 2.2). */
const FIRST_TID = 1000;
/** The process that lack of memory never ends. */
export const INIT = 1;
/** Priority that a program starts with. */
const NICE_ZERO_PRIORITY = 120;

/** Process number of the program. */
export function firstTid({ init }: MachineConfiguration): number {
  return init === true ? INIT : FIRST_TID;
}

export interface NewGroup {
  readonly parent: ThreadGroup | undefined;
  readonly processGroup: number;
  readonly session: number;
  readonly exitSignal: number;
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly cwd: string;
  readonly umask: number;
  readonly limits: ThreadGroup['limits'];
  readonly handlers: SignalHandlers;
  readonly files: ThreadGroup['files'];
  readonly closeOnExec: ThreadGroup['closeOnExec'];
}

/** A group whose first task will be the next one made. */
export function newGroup(k: Kernel, settings: NewGroup): ThreadGroup {
  const tgid = k.state.nextTid;
  return {
    tgid, tasks: [], pending: { queue: [] }, realTimer: { expires: 0, interval: 0, id: 0 }, exit: undefined, past: NO_USAGE, childrenUsage: NO_USAGE,
    childWait: newWaitQueue(`children of ${String(tgid)}`), vforkDone: newWaitQueue(`end of vfork child ${String(tgid)}`),
    ...settings,
  };
}

/** A task in its group's list and the machine's; it is not ready to run yet. `like` gives what a new thread inherits. */
export function newTask(k: Kernel, group: ThreadGroup, mm: Mm, name: string, like?: Task): Task {
  const tid = k.state.nextTid;
  k.state.nextTid = freeTidAfter(k, tid, firstTid(k.configuration));
  const { policy = 'other', nice = 0, realtimePriority = 0, blocked = 0n } = like ?? {};
  const task: Task = {
    tid, group, mm, name, state: 'uninterruptible', cpu: undefined,
    registers: new Uint8Array(PPE_USER_BYTES), kernelStack: [], waitingOn: undefined, interrupted: false,
    pending: { queue: [] }, blocked, toldOfSignal: false, savedBlocked: undefined,
    alternateStack: { base: 0, size: 0, flags: 0 },
    priority: like ? linuxPriority(policy, realtimePriority, nice) : NICE_ZERO_PRIORITY, nice, policy, realtimePriority,
    share: { slice: 0, expired: false, readyAt: k.now(), allowed: like?.share.allowed ?? allCpus(k) },
    minFlt: 0, majFlt: 0, userCycles: 0, systemCycles: 0, clearChildTid: 0, robustList: 0,
    syscall: undefined, restartBlock: undefined, runningContext: undefined, lastFault: undefined, exitCode: 0,
  };
  task.share.slice = fullSlice(k, task);
  // INIT_THREAD of ppc64 (asm-powerpc/processor.h).
  new PpeRegisters(task.registers).floatInterruptMode = PR_FP_EXC_PRECISE;
  group.tasks.push(task);
  k.state.tasks.set(tid, task);
  taskNamed(k, task);
  return task;
}

/** One bit for each PPE hardware thread. */
export function allCpus(k: Kernel): number {
  return (1 << k.configuration.ppeThreads) - 1;
}
