/** The end of threads and of whole programs. */
import type { Kernel } from '../kernel.ts';
import { dropMm } from '../mm/mm.ts';
import { call, done, next, path, step } from '../path.ts';
import { handOnSignals, ignoredByAction, isAlive, kernelSignal, sendSignal, tell } from '../signal/send.ts';
import { SA, SIGNAL } from '../signal/numbers.ts';
import { queueSignal } from '../signal/pending.ts';
import type { SignalInfo } from '../signal/state.ts';
import type { Task, ThreadGroup } from '../state.ts';
import { copyToUser } from '../syscall/userCopy.ts';
import { wakeAll } from '../wait.ts';
import { closeAll } from '../files/descriptors.ts';
import { futexWake } from './futexTable.ts';
import { futexKey } from './futexKey.ts';
import { newRobustWalk } from './robust.ts';
import { firstTid } from './create.ts';
import { addUsage, usageOfTask } from './usage.ts';
import { taskEnded } from '../../timeline/record.ts';

declare module '../path.ts' {
  interface PathLocals {
    do_exit: DoExit;
  }
}

/** `status` as wait4 reports it: exit code times 256, or the number of the signal. */
export interface DoExit {
  readonly status: number;
}

export type ExitReason = NonNullable<ThreadGroup['exit']>;

/** The status that wait4 reports for an end. */
function exitStatus(reason: ExitReason): number {
  return reason.kind === 'exit' ? (reason.code & 0xff) << 8 : reason.signal;
}

/** Locals of `do_exit` for a thread of a group that has been told to end, or for its own end with `status`. */
export function exitOf(task: Task, status: number): DoExit {
  return { status: task.group.exit ? exitStatus(task.group.exit) : status };
}

/**
 * Ends one thread. The other threads go on, unless `exitGroup` was called before. Never
 * returns to its caller: the last step takes the task off its CPU and empties its kernel stack.
 */
export const doExit = path('do_exit', 'kernel/exit.c', [
  step('hand on the robust futexes that the thread holds', (_k, task) => (
    task.robustList === 0 || isLastOfMm(task) ? next : call('exit_robust_list', newRobustWalk(task))
  )),
  step('write 0 to the clear_child_tid word', (_k, task) => {
    const { clearChildTid } = task;
    return clearChildTid === 0 || isLastOfMm(task) ? next : copyToUser(clearChildTid, new Uint8Array(4));
  }),
  step('wake who waits for that word (pthread_join)', (k, task) => {
    const key = task.clearChildTid === 0 ? undefined : futexKey(task.mm, task.clearChildTid, true);
    if (key !== undefined) futexWake(k, key, 1);
    return next;
  }),
  step('leave the group; the last thread ends the program', (k, task, f) => {
    exitTask(k, task, f.status);
    return done(0);
  }),
]);

/**
 * Begins the end of a whole group: all its other threads get SIGKILL, and the calling thread
 * is to enter `do_exit`. The first reason counts.
 */
export function exitGroup(k: Kernel, group: ThreadGroup, reason: ExitReason, caller?: Task): void {
  if (group.exit) return;
  group.exit = reason;
  for (const task of group.tasks) {
    if (task === caller || !isAlive(task)) continue;
    queueSignal(task.pending, kernelSignal(SIGNAL.SIGKILL));
    tell(k, task);
  }
}

/** Takes a thread out of the machine, with all that it alone used. */
function exitTask(k: Kernel, task: Task, status: number): void {
  const { group, cpu } = task;
  task.exitCode = status;
  task.kernelStack.length = 0;
  task.state = task.tid === group.tgid ? 'zombie' : 'dead';
  taskEnded(k, task);
  if (cpu !== undefined) {
    const own = k.state.cpus[cpu];
    if (own) own.current = undefined;
    task.cpu = undefined;
  }
  handOnSignals(k, task);
  dropMm(k, task.mm);
  if (task.state === 'dead') {
    group.past = addUsage(group.past, usageOfTask(task));
    group.tasks.splice(group.tasks.indexOf(task), 1);
    k.state.tasks.delete(task.tid);
  }
  if (!group.tasks.some(isAlive)) endGroup(k, group);
}

/** The last thread has ended: files close, alarms stop, the parent hears of it. */
function endGroup(k: Kernel, group: ThreadGroup): void {
  const status = statusOf(group);
  group.exit ??= (status & 0x7f) === 0 ? { kind: 'exit', code: status >> 8 } : { kind: 'signal', signal: status & 0x7f };
  group.realTimer = { expires: 0, interval: 0, id: group.realTimer.id + 1 };
  // A vfork child with CLONE_FILES has the very table of its parent.
  if (group.files !== group.parent?.files) closeAll(k, group);
  wakeAll(k, group.vforkDone);
  leaveChildren(k, group);
  if (group.tgid === firstTid(k.configuration)) k.state.firstExit = group.exit;
  if (k.state.firstExit && ![...k.state.tasks.values()].some(isAlive)) k.state.exit = k.state.firstExit;
  const { parent } = group;
  if (!parent) {
    if (group.tgid !== firstTid(k.configuration)) reap(k, group);
    return;
  }
  const chld = parent.handlers.actions.get(SIGNAL.SIGCHLD);
  const unwanted = group.exitSignal !== SIGNAL.SIGCHLD
    || (chld !== undefined && (ignoredByExplicitChoice(parent) || (chld.flags & SA.NOCLDWAIT) !== 0));
  if (group.exitSignal !== 0 && !ignoredByAction(parent, group.exitSignal)) {
    sendSignal(k, parent, { ...childSignal(group), number: group.exitSignal });
  }
  if (unwanted && group.exitSignal === SIGNAL.SIGCHLD) reap(k, group);
  wakeAll(k, parent.childWait);
}

/** Processes whose parent has ended belong to the one outside, which does not wait for anybody. */
function leaveChildren(k: Kernel, parent: ThreadGroup): void {
  for (const { group } of [...k.state.tasks.values()]) {
    if (group.parent !== parent) continue;
    group.parent = undefined;
    if (!group.tasks.some(isAlive)) reap(k, group);
  }
}

/** What a parent is told of a child that has ended, by SIGCHLD and by waitid. */
export function childSignal(group: ThreadGroup): SignalInfo {
  const status = statusOf(group);
  const signal = status & 0x7f;
  const [code, value] = signal === 0 ? [CLD.EXITED, status >> 8] : [CLD.KILLED, signal];
  return { ...kernelSignal(SIGNAL.SIGCHLD, code), sender: group.tgid, value: BigInt(value) };
}

/** As wait4 reports it: that of the first thread. */
function statusOf({ tasks }: ThreadGroup): number {
  return tasks[0]?.exitCode ?? 0;
}

const CLD = { EXITED: 1, KILLED: 2 } as const;

/** The parent knows of a child's end: it leaves the machine. */
export function reap(k: Kernel, group: ThreadGroup): void {
  for (const task of group.tasks) {
    task.state = 'dead';
    k.state.tasks.delete(task.tid);
  }
  group.tasks.length = 0;
}

function ignoredByExplicitChoice(group: ThreadGroup): boolean {
  return group.handlers.actions.get(SIGNAL.SIGCHLD)?.handler === 1n;
}

function isLastOfMm({ mm }: Task): boolean {
  return mm.users <= 1;
}
