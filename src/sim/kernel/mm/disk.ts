/**
 * The simulated disk: pages that are on their way from it and to it. Each takes its time, and
 * any number go at once; nothing is read ahead.
 */
import { fileSize } from '../files/inode.ts';
import type { Inode } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { newWaitQueue, wakeAll } from '../wait.ts';
import { releasePage, takePage } from './frames.ts';
import { takeFailure } from './failures.ts';
import { addToCache, forgetPage, isDroppable, isOnDisk, readFromDisk, storeOnDisk } from './pageCache.ts';
import type { PageRead, PageWrite } from './state.ts';

/** The read of a page that is on its way from the disk. */
export function readInProgress(k: Kernel, inode: Inode, index: number): PageRead | undefined {
  return k.state.frames.reads.get(readKey(inode, index));
}

/**
 * Begins to read a page; whoever needs it waits on the read's queue and looks again. A hole is
 * there at once.
 * @returns false when there is no page to read into.
 */
export function startRead(k: Kernel, inode: Inode, index: number): boolean {
  const frame = takePage(k, false);
  if (frame === undefined) return false;
  if (!isOnDisk(inode, index)) {
    addToCache(k, inode, index, frame);
    return true;
  }
  const read: PageRead = {
    inode, index, frame, failed: takeFailure(k, inode.path, 'read', index),
    queue: newWaitQueue(`page ${String(index)} of ${inode.path}`),
  };
  k.state.frames.reads.set(readKey(inode, index), read);
  k.schedule(k.now() + k.profile.cost.diskRead, { kind: 'pageRead', read });
  return true;
}

/** Begins to read those pages of a range that are on the disk and nobody has asked for; nobody waits for them. */
export function startReads(k: Kernel, inode: Inode, first: number, last: number): void {
  for (let index = first; index <= last; index += 1) {
    if (!inode.cache.has(index) && isOnDisk(inode, index) && !readInProgress(k, inode, index)) startRead(k, inode, index);
  }
}

/**
 * The disk has delivered: the page is in the cache, unless somebody put one there meanwhile. It
 * is not where the disk has failed or the file was truncated.
 */
export function pageRead(k: Kernel, read: PageRead): void {
  const { inode, index, frame } = read;
  k.state.frames.reads.delete(readKey(inode, index));
  const isWanted = !inode.cache.has(index) && index * k.configuration.pageBytes < fileSize(inode);
  read.failed ||= !readFromDisk(k, inode, index, frame);
  if (isWanted && !read.failed) addToCache(k, inode, index, frame);
  else releasePage(k, frame);
  wakeAll(k, read.queue);
}

/** Begins to write a dirty page of a file to the disk. With `drop` the page leaves the cache afterwards, if nobody wants it by then. */
export function startWrite(k: Kernel, inode: Inode, index: number, drop: boolean): void {
  const frame = inode.cache.get(index);
  if (frame === undefined || k.state.frames.writes.has(frame)) return;
  inode.dirty.delete(index);
  k.state.frames.clean.delete(frame);
  const write: PageWrite = { frame, inode, index, drop, fails: takeFailure(k, inode.path, 'write', index) };
  k.state.frames.writes.set(frame, write);
  k.state.frames.writesBegun += 1;
  k.schedule(k.now() + k.profile.cost.diskWrite, { kind: 'pageWritten', write });
}

/** The disk has a page, or has failed to take it, or is full: then it is dirty again. */
export function pageWritten(k: Kernel, write: PageWrite): void {
  const { frames } = k.state;
  const { frame, inode, index, drop, fails } = write;
  frames.writesDone += 1;
  wakeAll(k, frames.writeQueue);
  if (frames.writes.get(frame) !== write) return;
  frames.writes.delete(frame);
  if (fails || !storeOnDisk(k, inode, index)) {
    inode.dirty.add(index);
    inode.writeFailed = true;
    return;
  }
  if (!inode.dirty.has(index)) frames.clean.add(frame);
  if (drop && isDroppable(k, frame)) forgetPage(k, inode, index);
}

/** Begins to write every dirty page of a range. */
export function startWrites(k: Kernel, inode: Inode, first = 0, last = Infinity): void {
  for (const index of [...inode.dirty]) if (index >= first && index <= last) startWrite(k, inode, index, false);
}

/** Whether pages of a file are on their way to the disk. */
export function isBeingWritten(k: Kernel, inode: Inode): boolean {
  for (const write of k.state.frames.writes.values()) if (write.inode === inode) return true;
  return false;
}

function readKey(inode: Inode, index: number): string {
  return `${String(inode.number)}:${String(index)}`;
}
