/** Waiting for a page of a file that read() needs and that is not in the page cache. */
import type { Kernel } from '../kernel.ts';
import { finishRead, readInProgress, startRead } from '../mm/pageCache.ts';
import { done, next, path, step, wait, type Verdict } from '../path.ts';
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
}

/** Answers 0, -ENOMEM or -EIO. */
export const pageCacheRead = path('page_cache_read', 'mm/filemap.c', [
  step('start to read the page, unless somebody has', (k, _task, { inode, index }) => {
    if (inode.cache.has(index)) return done(0);
    return (readInProgress(k, inode, index) ?? startRead(k, inode, index)) ? next : done(-ERRNO.ENOMEM);
  }),
  step('sleep until the disk has delivered it', (k, _task, f) => awaitRead(k, f)),
  step('the page is in the page cache, or the disk has failed: -EIO', (_k, _task, { inode, index }) =>
    done(inode.cache.has(index) ? 0 : -ERRNO.EIO)),
]);

function awaitRead(k: Kernel, { inode, index }: PageCacheRead): Verdict {
  const read = readInProgress(k, inode, index);
  if (!read) return next;
  if (k.now() < read.due) return wait(read.queue, false);
  finishRead(k, read);
  return next;
}
