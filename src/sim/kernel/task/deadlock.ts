/** Nothing can run and nothing is due: who waits for what, and who holds it. */
import type { Kernel } from '../kernel.ts';
import type { RwSemaphore } from '../rwsem.ts';
import { isAlive } from '../signal/send.ts';
import { spuBehind } from '../spufs/standstill.ts';
import type { SpuContext } from '../spufs/state.ts';
import type { KernelState, Task, WaitQueue } from '../state.ts';
import { peekWord } from './futexKey.ts';

/** One task's wait. */
export interface DeadlockWait {
  readonly tid: number;
  readonly name: string;
  /** What it waits for, in the words of its wait queue. */
  readonly waitsFor: string;
  /** Innermost kernel path that it sleeps in. */
  readonly path: string | undefined;
  readonly interruptible: boolean;
  /** Who holds what it waits for, as far as anybody does: threads and SPE contexts. */
  readonly holders: readonly string[];
  /** Who waits for the same lock too and has to have it before. */
  readonly behind: readonly string[];
  /** Locks that it holds itself. */
  readonly holds: readonly string[];
}

export interface DeadlockReport {
  readonly waits: readonly DeadlockWait[];
  /** Threads that wait for each other in a circle, by tid, in the order in which they wait; empty where there is none. */
  readonly circle: readonly number[];
  /** The whole story as text, one sentence a task. */
  readonly sentence: string;
}

const TID_MASK = 0x3fff_ffff;

/** What every living task waits for. */
export function describeDeadlock(k: Kernel): DeadlockReport {
  const waits: DeadlockWait[] = [];
  for (const task of k.state.tasks.values()) {
    if (!isAlive(task)) continue;
    waits.push({
      tid: task.tid, name: task.name, waitsFor: task.waitingOn?.name ?? 'nothing', path: task.kernelStack.at(-1)?.path,
      interruptible: task.state === 'interruptible', holders: holdersOf(k, task),
      behind: tasksAhead(k.state, task).map((other) => threadName(k.state, other.tid)), holds: locksOf(k.state, task),
    });
  }
  const circle = circleOf(k);
  return { waits, circle: circle.map(({ tid }) => tid), sentence: ['No thread can run and no event is due.', ...waits.map(describe), ...describeCircle(k.state, circle)].join(' ') };
}

function describe({ tid, name, waitsFor, holders, behind }: DeadlockWait): string {
  const held = holders.length > 0 ? `, held by ${holders.join(' and ')}` : '';
  const ahead = behind.length > 0 ? `, behind ${behind.join(' and ')}` : '';
  return `Thread ${String(tid)} (${name}) waits for ${waitsFor}${held}${ahead}.`;
}

function describeCircle(state: KernelState, circle: readonly Task[]): string[] {
  const [first] = circle;
  if (!first) return [];
  const names = [...circle, first].map(({ tid }) => threadName(state, tid));
  const willing = circle.filter((task) => task.state === 'interruptible').map(({ tid }) => threadName(state, tid));
  return [
    `They wait in a circle: ${names.join(' for ')}.`,
    willing.length > 0 ? `Only a signal to ${willing.join(' or ')} could break it.` : 'No signal could break it.',
  ];
}

function holdersOf(k: Kernel, task: Task): string[] {
  const { waitingOn } = task;
  if (!waitingOn) return [];
  return holdersOfSemaphore(k.state, task, waitingOn)
    ?? holderOfFutex(k, task, waitingOn)
    ?? holdersOfSpes(k.state, waitingOn)
    ?? holderOfSpu(k, waitingOn)
    ?? [];
}

function holdersOfSemaphore(state: KernelState, task: Task, queue: WaitQueue): string[] | undefined {
  const runSema = runSemaBehind(state, queue);
  if (runSema) return runSema.holder ? [threadName(state, runSema.holder.tid)] : [];
  const semaphore = semaphoresNear(state, task).find((s) => s.queue === queue);
  return semaphore && holderTids(semaphore).map((tid) => threadName(state, tid));
}

/** Read-write semaphores that a task may wait for or hold. */
function semaphoresNear(state: KernelState, task: Task): RwSemaphore[] {
  return [task.mm.mmapSem, ...[...state.spufs.contexts.values()].map(({ stateSema }) => stateSema)];
}

function runSemaBehind(state: KernelState, queue: WaitQueue): SpuContext['runSema'] | undefined {
  for (const { runSema } of state.spufs.contexts.values()) if (runSema.queue === queue) return runSema;
  return undefined;
}

function holderTids({ writer, readers }: RwSemaphore): readonly number[] {
  return writer === undefined ? readers : [writer];
}

/** Tasks that wait for the same semaphore and have to have it before: for a reader these are the writers. */
export function tasksAhead(state: KernelState, task: Task): Task[] {
  const { waitingOn } = task;
  if (!waitingOn || !semaphoresNear(state, task).some(({ queue }) => queue === waitingOn)) return [];
  const { waiters } = waitingOn;
  const place = waiters.findIndex((waiter) => waiter.task === task);
  return waiters.slice(0, place).filter((waiter) => waiter.exclusive || waiters[place]?.exclusive).map((waiter) => waiter.task);
}

function locksOf(state: KernelState, task: Task): string[] {
  const held = semaphoresNear(state, task).filter((semaphore) => holderTids(semaphore).includes(task.tid))
    .map(({ queue, writer }) => `${queue.name}, for ${writer === undefined ? 'reading' : 'writing'}`);
  for (const { runSema } of state.spufs.contexts.values()) if (runSema.holder === task) held.push(runSema.queue.name);
  return held;
}

/** The first circle of tasks each of which waits for something that the next one has. */
function circleOf(k: Kernel): Task[] {
  for (const start of k.state.tasks.values()) {
    const circle = isAlive(start) ? findWay(k.state, start, start, new Set()) : undefined;
    if (circle) return circle;
  }
  return [];
}

/** A way along what tasks wait for, from one task to another, by its first steps. */
function findWay(state: KernelState, from: Task, to: Task, seen: Set<Task>): Task[] | undefined {
  for (const next of tasksWaitedFor(state, from)) {
    if (next === to) return [from];
    if (seen.has(next)) continue;
    seen.add(next);
    const way = findWay(state, next, to, seen);
    if (way) return [from, ...way];
  }
  return undefined;
}

/** Tasks that have to go on before a task can: those that hold its lock, those ahead of it, those that run the SPEs. */
function tasksWaitedFor(state: KernelState, task: Task): Task[] {
  const { waitingOn } = task;
  if (!waitingOn) return [];
  const runners = isRunQueue(state, waitingOn) ? state.spufs.slots.map(({ context }) => context?.runner) : [];
  return [...lockHoldersWaitedFor(state, task), ...tasksAhead(state, task), ...runners]
    .filter((other): other is Task => other !== undefined && other !== task && isAlive(other));
}

/** Tasks that hold the lock that a task waits for, and keep it out. */
export function lockHoldersWaitedFor(state: KernelState, task: Task): Task[] {
  const { waitingOn } = task;
  if (!waitingOn) return [];
  const runSema = runSemaBehind(state, waitingOn);
  const semaphore = semaphoresNear(state, task).find(({ queue }) => queue === waitingOn);
  // Readers would share it with those that have it: what keeps one out is a writer.
  const isReader = waitingOn.waiters.some((waiter) => waiter.task === task && !waiter.exclusive);
  const tids = semaphore && (semaphore.writer !== undefined || !isReader) ? holderTids(semaphore) : [];
  return [...tids.map((tid) => state.tasks.get(tid)), runSema?.holder].filter((other): other is Task => other !== undefined && other !== task && isAlive(other));
}

export function isRunQueue(state: KernelState, queue: WaitQueue): boolean {
  return [...state.spufs.runQueue.waiting.values()].includes(queue);
}

/** A lock of the C library has its owner's tid in the futex word, if it keeps one there. */
function holderOfFutex(k: Kernel, task: Task, queue: WaitQueue): string[] | undefined {
  for (const waiters of k.state.futexes.values()) {
    const waiter = waiters.find((w) => w.queue === queue);
    if (!waiter) continue;
    const address = Number(/0x([0-9a-f]+)$/.exec(queue.name)?.[0] ?? NaN);
    const owner = k.state.tasks.get((peekWord(k, task.mm, address) ?? 0) & TID_MASK);
    return owner && owner !== task ? [threadName(k.state, owner.tid)] : [];
  }
  return undefined;
}

function holdersOfSpes(state: KernelState, queue: WaitQueue): string[] | undefined {
  const { waiting, contexts } = state.spufs.runQueue;
  const queues = [...waiting.values(), ...contexts.flatMap(({ stopQueue, boundQueue }) => [stopQueue, boundQueue])];
  if (queues.includes(queue)) {
    return state.spufs.slots.flatMap(({ spe, context }) => (context ? [`${context.path} on SPE ${String(spe)}`] : []));
  }
  return undefined;
}

function holderOfSpu(k: Kernel, queue: WaitQueue): string[] | undefined {
  const spu = spuBehind(k, queue);
  return spu === undefined ? undefined : [spu];
}

export function threadName(state: KernelState, tid: number): string {
  const task = state.tasks.get(tid);
  return task ? `thread ${String(tid)} (${task.name})` : `thread ${String(tid)}, which has ended`;
}
