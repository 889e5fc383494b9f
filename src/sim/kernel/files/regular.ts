/**
 * Regular files, in memory and in the host folder. Their bytes are the page cache: the
 * frames that mappings of the file show too, so that writes through one are seen by the other.
 */
import type { Kernel } from '../kernel.ts';
import { frameHost, releasePage } from '../mm/frames.ts';
import { pageOfFile } from '../mm/pageCache.ts';
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
  if (content.kind !== 'memory') return content.kind === 'host' ? -ERRNO.EROFS : -ERRNO.EINVAL;
  if (size > MAX_FILE_BYTES) return -ERRNO.EFBIG;
  if (size < content.size) shrink(k, inode, size);
  content.size = size;
  touch(k, inode);
  return 0;
}

/** Gives back the pages of a file that nothing holds any more. */
export function dropCache(k: Kernel, inode: Inode): void {
  for (const frame of inode.cache.values()) releasePage(k, frame);
  inode.cache.clear();
}

/** All bytes of a regular file; undefined for other kinds. */
export function regularBytes(k: Kernel, inode: Inode): Uint8Array | undefined {
  const { content, cache } = inode;
  if (content.kind === 'host') return k.hostFiles.read(content.path);
  if (content.kind !== 'memory') return undefined;
  const { pageBytes } = k.configuration;
  const bytes = new Uint8Array(content.size);
  for (const [index, frame] of cache) {
    const host = frameHost(k, frame);
    const start = index * pageBytes;
    bytes.set(k.memory.subarray(host, host + Math.min(pageBytes, content.size - start)), start);
  }
  return bytes;
}

/** Pages beyond the end leave every mapping and the page cache; what remains of the last one becomes zero. */
function shrink(k: Kernel, inode: Inode, size: number): void {
  const { pageBytes } = k.configuration;
  const kept = Math.ceil(size / pageBytes);
  unmapFileRange(k, inode, kept * pageBytes, Infinity);
  for (const [index, frame] of [...inode.cache]) {
    if (index < kept) continue;
    inode.cache.delete(index);
    releasePage(k, frame);
  }
  const last = inode.cache.get(kept - 1);
  const used = size % pageBytes;
  if (last === undefined || used === 0) return;
  const host = frameHost(k, last);
  k.memory.fill(0, host + used, host + pageBytes);
  k.mmu.written(host + used, pageBytes - used);
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
  if (frame === undefined && inode.content.kind === 'host') {
    return { kind: 'path', frame: newFrame('page_cache_read', { inode, index }) };
  }
  const bytes = new Uint8Array(length);
  if (frame !== undefined) {
    const host = frameHost(k, frame) + within;
    bytes.set(k.memory.subarray(host, host + length));
  }
  return { kind: 'bytes', bytes, more: true };
}

function writeCached(k: Kernel, inode: Inode, position: number, bytes: Uint8Array): WriteAnswer {
  const { content } = inode;
  if (content.kind !== 'memory') return failed(ERRNO.EROFS);
  if (position >= MAX_FILE_BYTES) return failed(ERRNO.EFBIG);
  const { pageBytes } = k.configuration;
  const within = position % pageBytes;
  const length = Math.min(bytes.length, pageBytes - within);
  const index = Math.floor(position / pageBytes);
  const frame = pageOfFile(k, inode, index);
  if (frame === undefined) return failed(ERRNO.ENOSPC);
  const host = frameHost(k, frame) + within;
  k.memory.set(bytes.subarray(0, length), host);
  k.mmu.written(host, length);
  content.size = Math.max(content.size, position + length);
  touch(k, inode);
  return { kind: 'count', count: length };
}
