/**
 * Read-write semaphores with the fairness of Linux's: who waits longest is served first, so a
 * waiting writer keeps later readers out (facts 8.5). A step takes one like this:
 *
 *     step('take mmap_sem for reading', (k, task, f) => downRead(task, f.mm.mmapSem) ?? next)
 */
import type { Kernel } from './kernel.ts';
import { wait, type Verdict } from './path.ts';
import type { Task, WaitQueue } from './state.ts';
import { newWaitQueue, wakeTask } from './wait.ts';

/** Plain data. Tasks are named by tid. */
export interface RwSemaphore {
  readonly queue: WaitQueue;
  /** Who holds it: any number of readers, or one writer. */
  readonly readers: number[];
  writer: number | undefined;
  /** Waiters that were given the semaphore and have not run since. */
  readonly granted: number[];
  /** How often it has been taken for writing. */
  writes: number;
}

export function newRwSemaphore(name: string): RwSemaphore {
  return { queue: newWaitQueue(name), readers: [], writer: undefined, granted: [], writes: 0 };
}

export function isHeld({ readers, writer }: RwSemaphore): boolean {
  return readers.length > 0 || writer !== undefined;
}

/** Takes `sem` for reading: undefined when it is taken, else the wait that the step is to answer. */
export function downRead(task: Task, sem: RwSemaphore): Verdict | undefined {
  if (takeGrant(task, sem)) return undefined;
  if (sem.writer !== undefined || sem.queue.waiters.length > 0) return wait(sem.queue, false);
  sem.readers.push(task.tid);
  return undefined;
}

/** Takes `sem` for writing; writers are the exclusive waiters of its queue. */
export function downWrite(task: Task, sem: RwSemaphore): Verdict | undefined {
  if (takeGrant(task, sem)) return undefined;
  if (sem.writer !== undefined || sem.readers.length > 0) return wait(sem.queue, false, true);
  sem.writer = task.tid;
  sem.writes += 1;
  return undefined;
}

export function upRead(k: Kernel, task: Task, sem: RwSemaphore): void {
  const place = sem.readers.indexOf(task.tid);
  if (place === sem.readers.length - 1) sem.readers.pop();
  else if (place >= 0) sem.readers.splice(place, 1);
  grant(k, sem);
}

export function upWrite(k: Kernel, sem: RwSemaphore): void {
  sem.writer = undefined;
  grant(k, sem);
}

/** The writer goes on as a reader; readers at the head of the queue come in too. */
export function downgradeWrite(k: Kernel, task: Task, sem: RwSemaphore): void {
  sem.writer = undefined;
  sem.readers.push(task.tid);
  grant(k, sem);
}

function takeGrant(task: Task, sem: RwSemaphore): boolean {
  const place = sem.granted.indexOf(task.tid);
  if (place < 0) return false;
  sem.granted.splice(place, 1);
  return true;
}

/** Hands the semaphore to the first waiter; to all readers before the next writer when that is a reader. */
function grant(k: Kernel, sem: RwSemaphore): void {
  for (let first = sem.queue.waiters[0]; first && sem.writer === undefined; first = sem.queue.waiters[0]) {
    if (first.exclusive && sem.readers.length > 0) return;
    if (first.exclusive) {
      sem.writer = first.task.tid;
      sem.writes += 1;
    } else sem.readers.push(first.task.tid);
    sem.granted.push(first.task.tid);
    wakeTask(k, first.task);
  }
}
