/** Threads that can never go on, whatever the others do: they wait for each other's locks and SPEs (facts 8.5). */
import type { Kernel } from '../kernel.ts';
import { isAlive } from '../signal/send.ts';
import type { KernelState, Task } from '../state.ts';
import { isRunQueue, lockHoldersWaitedFor, tasksAhead, threadName } from './deadlock.ts';

/**
 * To be asked when a task goes to sleep for a lock or an SPE: tells of a circle that this closes, while other threads run on.
 * A standstill of the whole machine is told by `describeDeadlock`.
 */
export function tellStuck(k: Kernel, task: Task): void {
  // Most sleeps are for time, input or a futex: nobody has to be asked about those.
  if (!isHeldUp(k.state, task)) return;
  const stuck = stuckTasks(k);
  if (!stuck.includes(task) || ![...k.state.tasks.values()].some((other) => isAlive(other) && !stuck.includes(other))) return;
  const waits = stuck.map(({ tid, waitingOn }) => `${threadName(k.state, tid)} waits for ${waitingOn?.name ?? 'nothing'}`);
  const willing = stuck.filter(({ state }) => state === 'interruptible').map(({ tid }) => threadName(k.state, tid));
  const wayOut = willing.length > 0 ? `Only a signal to ${willing.join(' or ')} could change that.` : 'No signal can change that.';
  k.notice(`Deadlock: these threads wait for each other while the rest of the program runs on: ${waits.join(', ')}. ${wayOut}`);
}

/** Whether it waits for a lock that others have or will have before it, or for an SPE. */
function isHeldUp(state: KernelState, task: Task): boolean {
  return lockHoldersWaitedFor(state, task).length > 0 || tasksAhead(state, task).length > 0 || (task.waitingOn !== undefined && isRunQueue(state, task.waitingOn));
}

/** What is left when everybody is taken away who need not wait for ever: who waits for a lock needs all that hold it, who waits for an SPE only one. */
function stuckTasks({ state, profile: { scheduler } }: Kernel): Task[] {
  let stuck = [...state.tasks.values()].filter((task) => isAlive(task) && task.waitingOn !== undefined);
  // From 2.6.21 on an SPE can be taken away from whoever has it (facts 4.3); before, the reaper marks the one that it is sent to.
  const keepsSpes = scheduler === 'reaper' || scheduler === 'none';
  for (let before = -1; before !== stuck.length;) {
    before = stuck.length;
    const left = new Set(stuck);
    stuck = stuck.filter((task) => [...lockHoldersWaitedFor(state, task), ...tasksAhead(state, task)].some((other) => left.has(other)) || (keepsSpes && waitsForStuckSpes(state, task, left)));
  }
  return stuck;
}

function waitsForStuckSpes(state: KernelState, { waitingOn }: Task, stuck: ReadonlySet<Task>): boolean {
  if (!waitingOn || !isRunQueue(state, waitingOn)) return false;
  return state.spufs.slots.every(({ context, marked }) => !marked && context?.runner !== undefined && stuck.has(context.runner));
}
