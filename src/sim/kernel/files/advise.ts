/** fadvise64: what a program says about pages of a file that it does not map. */
import type { Kernel } from '../kernel.ts';
import { startReads, startWrites } from '../mm/disk.ts';
import { invalidatePages } from '../mm/pageCache.ts';
import { fileSize } from './inode.ts';
import type { Inode } from './state.ts';

/** Numbers of ppc64 Linux. */
const WILLNEED = 3;
const DONTNEED = 4;

/**
 * WILLNEED begins to read, DONTNEED begins to write dirty pages and drops clean ones that
 * nobody maps: only whole pages of the range, and all up to the end where `length` is 0.
 */
export function adviseFile(k: Kernel, inode: Inode, offset: number, length: number, advice: number): number {
  const { pageBytes } = k.configuration;
  const end = length === 0 ? Infinity : offset + length;
  if (advice === WILLNEED) startReads(k, inode, Math.floor(offset / pageBytes), Math.ceil(Math.min(end, fileSize(inode)) / pageBytes) - 1);
  if (advice === DONTNEED) {
    const first = Math.ceil(offset / pageBytes);
    const last = Math.floor(end / pageBytes) - 1;
    startWrites(k, inode, first, last);
    invalidatePages(k, inode, first, last);
  }
  return 0;
}
