/**
 * The page cache: pages of files by page index, each of the kernel's page size. The cache is
 * one user of every page in it. Pages of regular and host files are on the list that reclaim
 * goes through; those of devices and of the kernel stay for ever.
 */
import type { Inode } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { putBlock, takeBlocks } from './blocks.ts';
import { FRAME_BYTES, frameHost, framesPerPage, pageUsers, releasePage, takeFrames, takePage } from './frames.ts';

/** The page of an index if it is in the cache. */
export function cachedPage(inode: Inode, index: number): number | undefined {
  return inode.cache.get(index);
}

/**
 * The page of an index; one that is not in the cache is added with the file's bytes, at no
 * cost in time. Pages that faults and reads ask for come through `disk.ts`, which takes as long as a disk.
 * @returns its frame, or undefined when memory is used up or the file cannot be read.
 */
export function pageOfFile(k: Kernel, inode: Inode, index: number): number | undefined {
  const cached = inode.cache.get(index);
  if (cached !== undefined) return cached;
  const frame = takePage(k, false);
  if (frame === undefined) return undefined;
  if (!readFromDisk(k, inode, index, frame)) {
    releasePage(k, frame);
    return undefined;
  }
  addToCache(k, inode, index, frame);
  return frame;
}

/** Puts a page into the cache, which becomes its user. */
export function addToCache(k: Kernel, inode: Inode, index: number, frame: number): void {
  inode.cache.set(index, frame);
  const { kind } = inode.content;
  if (kind !== 'regular' && kind !== 'host') return;
  k.state.frames.cached.set(frame, { inode, index });
  k.state.frames.clean.add(frame);
}

/** Whether the disk has bytes for a page; a page of a regular file that it has none for is a hole. */
export function isOnDisk({ content }: Inode, index: number): boolean {
  return content.kind === 'host' || (content.kind === 'regular' && content.blocks.has(index));
}

/** Bytes of a page as the disk has them, up to a whole page; undefined for a hole and for a file that is gone. */
export function bytesOnDisk(k: Kernel, { content }: Inode, index: number): Uint8Array | undefined {
  const start = index * k.configuration.pageBytes;
  if (content.kind === 'host') return k.hostFiles.read(content.path)?.subarray(start, start + k.configuration.pageBytes);
  return content.kind === 'regular' ? content.blocks.get(index) : undefined;
}

/** Puts the file's bytes into a page of zeros; false where they cannot be read. */
export function readFromDisk(k: Kernel, inode: Inode, index: number, frame: number): boolean {
  const bytes = bytesOnDisk(k, inode, index);
  if (bytes) k.memory.set(bytes.subarray(0, framesPerPage(k) * FRAME_BYTES), frameHost(k, frame));
  return bytes !== undefined || inode.content.kind !== 'host';
}

/** A page of a file has been written to: the disk does not have it as it is. Frames of other things are passed over. */
export function markDirty(k: Kernel, frame: number): void {
  const page = k.state.frames.cached.get(frame);
  if (page?.inode.content.kind !== 'regular') return;
  page.inode.dirty.add(page.index);
  k.state.frames.clean.delete(frame);
}

/** Whether a page can leave the cache now: the disk has its bytes, and nothing but the cache uses it. */
export function isDroppable(k: Kernel, frame: number): boolean {
  return pageUsers(k, frame) === 1 && k.state.frames.clean.has(frame);
}

/** The disk has the bytes of a cached page from now on; false where it is full. */
export function storeOnDisk(k: Kernel, inode: Inode, index: number): boolean {
  const { content, cache } = inode;
  const frame = cache.get(index);
  if (frame === undefined || content.kind !== 'regular') return true;
  if (!takeBlocks(k, inode, index, index + 1)) return false;
  putBlock(k, content, index, bytesOf(k, frame).slice());
  return true;
}

/** A clean page leaves the cache. What was never written, the program's own file, has been on the disk all along; a hole stays one. */
export function dropPage(k: Kernel, inode: Inode, index: number): void {
  const { content, cache } = inode;
  const frame = cache.get(index);
  if (frame !== undefined && content.kind === 'regular') {
    const bytes = bytesOf(k, frame);
    if (content.blocks.has(index) || bytes.some((byte) => byte !== 0)) putBlock(k, content, index, bytes.slice());
  }
  forgetPage(k, inode, index);
}

function bytesOf(k: Kernel, frame: number): Uint8Array {
  const host = frameHost(k, frame);
  return k.memory.subarray(host, host + k.configuration.pageBytes);
}

/** A page leaves the cache with its bytes: the file was truncated, or is gone. */
export function forgetPage(k: Kernel, inode: Inode, index: number): void {
  const frame = inode.cache.get(index);
  if (frame === undefined) return;
  inode.cache.delete(index);
  inode.dirty.delete(index);
  k.state.frames.cached.delete(frame);
  k.state.frames.clean.delete(frame);
  k.state.frames.writes.delete(frame);
  releasePage(k, frame);
}

/** invalidate_mapping_pages: clean pages of a range that nobody maps or holds leave the cache; answers how many. */
export function invalidatePages(k: Kernel, inode: Inode, first: number, last: number): number {
  let dropped = 0;
  for (const [index, frame] of [...inode.cache]) {
    if (index < first || index > last || !k.state.frames.cached.has(frame) || !isDroppable(k, frame)) continue;
    dropPage(k, inode, index);
    dropped += 1;
  }
  return dropped;
}

/** Drops pages of the page cache that nobody maps, those first that have been clean longest; answers how many. */
export function shrinkCache(k: Kernel, wanted: number): number {
  const { cached, clean } = k.state.frames;
  let freed = 0;
  for (const frame of clean) {
    if (freed >= wanted) break;
    const page = cached.get(frame);
    if (!page || !isDroppable(k, frame)) {
      clean.delete(frame);
      continue;
    }
    dropPage(k, page.inode, page.index);
    freed += 1;
  }
  return freed;
}

/** Takes frames in a row for the kernel itself, which cannot wait: pages of files that nobody maps make room. */
export function takeFramesAtOnce(k: Kernel, count: number, alignment: number): number | undefined {
  const first = takeFrames(k, count, alignment);
  return first === undefined && shrinkCache(k, Infinity) > 0 ? takeFrames(k, count, alignment) : first;
}
