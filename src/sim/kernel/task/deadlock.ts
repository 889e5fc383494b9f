/** Nothing can run and nothing is due: who waits for what, and who holds it. */
import type { Kernel } from '../kernel.ts';
import type { RwSemaphore } from '../rwsem.ts';
import { isAlive } from '../signal/send.ts';
import { spuBehind } from '../spufs/standstill.ts';
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
}

export interface DeadlockReport {
  readonly waits: readonly DeadlockWait[];
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
    });
  }
  const sentences = waits.map(describe);
  return { waits, sentence: ['No thread can run and no event is due.', ...sentences].join(' ') };
}

function describe({ tid, name, waitsFor, holders }: DeadlockWait): string {
  const held = holders.length > 0 ? `, held by ${holders.join(' and ')}` : '';
  return `Thread ${String(tid)} (${name}) waits for ${waitsFor}${held}.`;
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
  const semaphores: RwSemaphore[] = [task.mm.mmapSem];
  for (const context of state.spufs.contexts.values()) {
    if (context.runSema.queue === queue) return context.runSema.holder ? [threadName(state, context.runSema.holder.tid)] : [];
    semaphores.push(context.stateSema);
  }
  const semaphore = semaphores.find((s) => s.queue === queue);
  if (!semaphore) return undefined;
  const tids = semaphore.writer === undefined ? semaphore.readers : [semaphore.writer];
  return tids.map((tid) => threadName(state, tid));
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

function threadName(state: KernelState, tid: number): string {
  const task = state.tasks.get(tid);
  return task ? `thread ${String(tid)} (${task.name})` : `thread ${String(tid)}, which has ended`;
}
