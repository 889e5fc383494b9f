/**
 * The page cache: pages of files by page index, each of the kernel's page size. The cache is
 * one user of every page in it; a file in memory has no other place for its bytes.
 */
import type { Inode } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { newWaitQueue } from '../wait.ts';
import { FRAME_BYTES, frameHost, framesPerPage, releasePage, takePage } from './frames.ts';
import type { PageRead } from './state.ts';

/** The page of an index if it is in the cache. */
export function cachedPage(inode: Inode, index: number): number | undefined {
  return inode.cache.get(index);
}

/**
 * The page of an index; one that is not in the cache is added with the file's bytes, at no
 * cost in time. Pages that faults ask for come through `startRead`, which takes as long as a disk.
 * @returns its frame, or undefined when memory is used up or the file cannot be read.
 */
export function pageOfFile(k: Kernel, inode: Inode, index: number): number | undefined {
  const cached = inode.cache.get(index);
  if (cached !== undefined) return cached;
  const frame = takePage(k, false);
  if (frame === undefined) return undefined;
  if (!fill(k, inode, index, frame)) {
    releasePage(k, frame);
    return undefined;
  }
  inode.cache.set(index, frame);
  return frame;
}

/** The read of a page that is on its way from the disk. */
export function readInProgress(k: Kernel, inode: Inode, index: number): PageRead | undefined {
  return k.state.frames.reads.get(readKey(inode, index));
}

/** Begins to read a page; whoever needs it waits on the read's queue. Undefined when memory is used up. */
export function startRead(k: Kernel, inode: Inode, index: number): PageRead | undefined {
  const frame = takePage(k, false);
  if (frame === undefined) return undefined;
  const due = k.now() + k.profile.cost.diskRead;
  const queue = newWaitQueue(`page ${String(index)} of ${inode.path}`);
  const read: PageRead = { inode, index, frame, due, queue };
  k.state.frames.reads.set(readKey(inode, index), read);
  k.schedule(due, { kind: 'wake', queue });
  return read;
}

/**
 * The bytes have arrived: the page is in the cache, unless a write to the file put one there
 * meanwhile. It is not where the disk has failed: the host folder's file is gone.
 */
export function finishRead(k: Kernel, { inode, index, frame }: PageRead): void {
  k.state.frames.reads.delete(readKey(inode, index));
  if (!inode.cache.has(index) && fill(k, inode, index, frame)) inode.cache.set(index, frame);
  else releasePage(k, frame);
}

/** Puts the file's bytes into a page of zeros; false where they cannot be read. */
function fill(k: Kernel, inode: Inode, index: number, frame: number): boolean {
  if (inode.content.kind !== 'host') return true;
  const bytes = k.hostFiles.read(inode.content.path);
  const start = index * k.configuration.pageBytes;
  if (bytes) k.memory.set(bytes.subarray(start, start + framesPerPage(k) * FRAME_BYTES), frameHost(k, frame));
  return bytes !== undefined;
}

function readKey(inode: Inode, index: number): string {
  return `${String(inode.number)}:${String(index)}`;
}
