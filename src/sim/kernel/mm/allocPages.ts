/** __alloc_pages when no page is free, and try_to_free_pages: the part of allocation that sleeps. */
import { faultSleeps, faultWoke } from '../fault/inFlight.ts';
import type { FaultInFlight } from '../fault/state.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, wait, type Verdict } from '../path.ts';
import type { Task, WaitQueue } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { newWaitQueue } from '../wait.ts';
import { pageIsFree } from './frames.ts';
import { outOfMemory } from './oomKiller.ts';
import { shrinkCache } from './pageCache.ts';
import { pagesWanted, runClock } from './reclaim.ts';

/** The fault on whose behalf memory is wanted. */
interface Allocation {
  readonly fault: FaultInFlight | undefined;
}

interface PageAllocation extends Allocation {
  /** Cycle until which it lets others end, and the queue that nobody else waits on. */
  due: number | undefined;
  queue: WaitQueue | undefined;
}

interface Freeing extends Allocation {
  /** `writesDone` when the wait for a write began. */
  writesDone: number;
}

declare module '../path.ts' {
  interface PathLocals {
    __alloc_pages: PageAllocation;
    try_to_free_pages: Freeing;
    page_cache_alloc: object;
  }
}

/** HZ of cell_defconfig. */
const JIFFIES_PER_SECOND = 250;

/** What a step answers that has found no page: the following step is told 0 when there is none to be had, else it is to try again. */
export function allocatePages(fault?: FaultInFlight): Verdict {
  return call('__alloc_pages', { fault, due: undefined, queue: undefined });
}

/** Answers 1 as soon as a page is free, 0 when the memory is not to be had. */
export const allocPages = path('__alloc_pages', 'mm/page_alloc.c', [
  labelled('look', 'is a page free?', (k) => (pageIsFree(k) ? done(1) : next)),
  step('no: try_to_free_pages', (_k, _task, { fault }) => call('try_to_free_pages', { fault, writesDone: 0 })),
  step('it got on: look again', (_k, _task, _f, { returned }) => (returned > 0 ? goTo('look') : next)),
  step('it did not: out_of_memory chooses a process; if it is this one there is no page', (k, task) =>
    (outOfMemory(k, task) === 'another' ? next : done(0))),
  step('let the other one end: sleep for a jiffy', (k, task, f) => sleepForJiffy(k, task, f)),
  step('look again', () => goTo('look')),
]);

/** Answers whether it got on: 1 when pages were freed or a write to a disk has ended. */
export const tryToFreePages = path('try_to_free_pages', 'mm/vmscan.c', [
  step('drop clean pages of the page cache that nobody maps', (k) => (shrinkCache(k, pagesWanted(k)) > 0 ? done(1) : next)),
  step('go round the mapped pages: clean ones are dropped, others begin to be written', (k, _task, f) => {
    f.writesDone = k.state.frames.writesDone;
    if (runClock(k, pagesWanted(k)) > 0) return done(1);
    return k.state.frames.writesBegun > f.writesDone ? next : done(0);
  }),
  step('sleep until the disk has taken one', (k, task, f) => {
    if (f.fault) faultWoke(k, task, f.fault);
    const { writesDone, writeQueue } = k.state.frames;
    if (writesDone > f.writesDone) return done(1);
    return f.fault ? faultSleeps(k, f.fault, writeQueue, false) : wait(writeQueue, false);
  }),
]);

/** A page for a write to a file. Answers 0 when there is one by now, or a negative errno. */
export const pageCacheAlloc = path('page_cache_alloc', 'include/linux/pagemap.h', [
  step('no page is free: __alloc_pages', () => allocatePages()),
  step('none could be had: -ENOMEM', (_k, _task, _f, { returned }) => done(returned === 0 ? -ERRNO.ENOMEM : 0)),
]);

function sleepForJiffy(k: Kernel, task: Task, f: PageAllocation): Verdict {
  if (f.fault) faultWoke(k, task, f.fault);
  if (f.due !== undefined && k.now() >= f.due) {
    f.due = undefined;
    return next;
  }
  f.queue ??= newWaitQueue('the end of another process, for its memory');
  if (f.due === undefined) {
    f.due = k.now() + Math.ceil(k.configuration.cyclesPerSecond / JIFFIES_PER_SECOND);
    k.schedule(f.due, { kind: 'wake', queue: f.queue });
  }
  return f.fault ? faultSleeps(k, f.fault, f.queue, false) : wait(f.queue, false);
}
