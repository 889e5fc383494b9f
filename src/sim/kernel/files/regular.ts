/**
 * Regular files, of the simulated disk and of the host folder. Programs see them through the
 * page cache: the frames that mappings of the file show too, so that writes through one are
 * seen by the other.
 */
import type { Kernel } from '../kernel.ts';
import { freeBlocks, takeBlocks } from '../mm/blocks.ts';
import { FRAME_BYTES, frameHost } from '../mm/frames.ts';
import { bytesOnDisk, forgetPage, isOnDisk, markDirty, pageOfFile } from '../mm/pageCache.ts';
import { unmapFileRange } from '../mm/unmapFile.ts';
import { newFrame } from '../path.ts';
import { ERRNO } from '../syscall/errno.ts';
import { failed, type FileOperations, type ReadAnswer, type WriteAnswer } from './fileOperations.ts';
import { fileSize, touch } from './inode.ts';
import type { Inode, OpenFile } from './state.ts';

/** Largest file: offsets stay exact as numbers. */
const MAX_FILE_BYTES = 2 ** 43;

export const regularOperations: FileOperations = {
  seekable: true,
  read: (k, _task, file, { position, count }) => readCached(k, file, position, count),
  write: (k, _task, { inode }, bytes, { position }) => writeCached(k, inode, position, bytes),
  unreadBytes: (_k, { inode, position }) => Math.max(fileSize(inode) - position, 0),
  // The host folder is mounted read-only; tree.ts has refused its files to writers.
};

/** Sets a file's size: 0, or a negative errno. */
export function truncate(k: Kernel, inode: Inode, size: number): number {
  const { content } = inode;
  if (content.kind !== 'regular') return content.kind === 'host' ? -ERRNO.EROFS : -ERRNO.EINVAL;
  if (size > MAX_FILE_BYTES) return -ERRNO.EFBIG;
  if (size < content.size) shrink(k, inode, size);
  content.size = size;
  touch(k, inode);
  return 0;
}

/** Gives back the pages and blocks of a file that nothing holds any more. */
export function dropCache(k: Kernel, inode: Inode): void {
  for (const index of [...inode.cache.keys()]) forgetPage(k, inode, index);
  freeBlocks(k, inode, 0);
}

/** All bytes of a regular file; undefined for other kinds. */
export function regularBytes(k: Kernel, inode: Inode): Uint8Array | undefined {
  const { content, cache } = inode;
  if (content.kind === 'host') return k.hostFiles.read(content.path);
  if (content.kind !== 'regular') return undefined;
  const { pageBytes } = k.configuration;
  const bytes = new Uint8Array(content.size);
  for (let start = 0, index = 0; start < content.size; start += pageBytes, index += 1) {
    const frame = cache.get(index);
    const host = frame === undefined ? 0 : frameHost(k, frame);
    const page = frame === undefined ? bytesOnDisk(k, inode, index) : k.memory.subarray(host, host + pageBytes);
    if (page) bytes.set(page.subarray(0, content.size - start), start);
  }
  return bytes;
}

/** Pages beyond the end leave every mapping, the page cache and the disk; what remains of the last one becomes zero. */
function shrink(k: Kernel, inode: Inode, size: number): void {
  const { pageBytes } = k.configuration;
  const kept = Math.ceil(size / pageBytes);
  unmapFileRange(k, inode, kept * pageBytes, Infinity);
  for (const index of [...inode.cache.keys()]) if (index >= kept) forgetPage(k, inode, index);
  freeBlocks(k, inode, kept);
  const used = size % pageBytes;
  if (used === 0) return;
  bytesOnDisk(k, inode, kept - 1)?.fill(0, used);
  const last = inode.cache.get(kept - 1);
  if (last === undefined) return;
  const host = frameHost(k, last);
  k.memory.fill(0, host + used, host + pageBytes);
  k.mmu.written(last * FRAME_BYTES + used, pageBytes - used);
  markDirty(k, last);
}

function readCached(k: Kernel, file: OpenFile, position: number, count: number): ReadAnswer {
  const { inode } = file;
  const { pageBytes } = k.configuration;
  const size = fileSize(inode);
  const within = position % pageBytes;
  const length = Math.min(count, size - position, pageBytes - within);
  if (length <= 0) return { kind: 'bytes', bytes: new Uint8Array(0), more: false };
  const index = Math.floor(position / pageBytes);
  const frame = inode.cache.get(index);
  if (frame === undefined && isOnDisk(inode, index)) return { kind: 'path', frame: newFrame('page_cache_read', { inode, index }) };
  const bytes = new Uint8Array(length);
  if (frame !== undefined) {
    const host = frameHost(k, frame) + within;
    bytes.set(k.memory.subarray(host, host + length));
  }
  return { kind: 'bytes', bytes, more: true };
}

function writeCached(k: Kernel, inode: Inode, position: number, bytes: Uint8Array): WriteAnswer {
  const { content } = inode;
  if (content.kind !== 'regular') return failed(ERRNO.EROFS);
  if (position >= MAX_FILE_BYTES) return failed(ERRNO.EFBIG);
  const { pageBytes } = k.configuration;
  const within = position % pageBytes;
  const length = Math.min(bytes.length, pageBytes - within);
  const index = Math.floor(position / pageBytes);
  // The rest of a page that is written in part has to come from the disk.
  if (!inode.cache.has(index) && content.blocks.has(index) && length < pageBytes) return { kind: 'path', frame: newFrame('page_cache_read', { inode, index }) };
  const frame = pageOfFile(k, inode, index);
  if (frame === undefined) return { kind: 'path', frame: newFrame('page_cache_alloc', {}) };
  if (!takeBlocks(k, inode, index, index + 1)) return failed(ERRNO.ENOSPC);
  markDirty(k, frame);
  const host = frameHost(k, frame) + within;
  k.memory.set(bytes.subarray(0, length), host);
  k.mmu.written(frame * FRAME_BYTES + within, length);
  content.size = Math.max(content.size, position + length);
  touch(k, inode);
  return { kind: 'count', count: length };
}
