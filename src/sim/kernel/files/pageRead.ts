/** Waiting for a page of a file that read() or write() needs and that is not in the page cache. */
import { faultSleeps, faultWoke } from '../fault/inFlight.ts';
import type { FaultInFlight } from '../fault/state.ts';
import type { Kernel } from '../kernel.ts';
import { allocatePages } from '../mm/allocPages.ts';
import { readInProgress, startRead } from '../mm/disk.ts';
import type { PageRead } from '../mm/state.ts';
import { done, goTo, labelled, next, path, step, wait, type Verdict } from '../path.ts';
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import type { Inode } from './state.ts';

declare module '../path.ts' {
  interface PathLocals {
    page_cache_read: PageCacheRead;
  }
}

export interface PageCacheRead {
  readonly inode: Inode;
  readonly index: number;
  /** The page fault on whose behalf the page is wanted. */
  readonly fault?: FaultInFlight;
  read?: PageRead;
}

/** Answers 0, -ENOMEM or -EIO. */
export const pageCacheRead = path('page_cache_read', 'mm/filemap.c', [
  labelled('read', 'start to read the page, unless somebody has', (k, _task, { inode, index, fault }) => {
    if (inode.cache.has(index)) return done(0);
    return readInProgress(k, inode, index) || startRead(k, inode, index) ? goTo('sleep') : allocatePages(fault);
  }),
  step('there was no page to read into; none could be freed: -ENOMEM', (_k, _task, _f, { returned }) =>
    (returned === 0 ? done(-ERRNO.ENOMEM) : goTo('read'))),
  labelled('sleep', 'sleep until the disk has delivered it', (k, task, f) => awaitRead(k, task, f)),
  step('the page is in the page cache, or the disk has failed: -EIO', (_k, _task, { inode, index, read }) => {
    if (inode.cache.has(index)) return done(0);
    return read?.failed === true ? done(-ERRNO.EIO) : goTo('read');
  }),
]);

function awaitRead(k: Kernel, task: Task, f: PageCacheRead): Verdict {
  if (f.fault) faultWoke(k, task, f.fault);
  const read = readInProgress(k, f.inode, f.index);
  if (!read) return next;
  f.read = read;
  return f.fault ? faultSleeps(k, f.fault, read.queue, false) : wait(read.queue, false);
}
