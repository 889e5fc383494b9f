/**
 * The blocks of the simulated disk, a page each: which pages of files have bytes on it, and how many may. A write takes
 * its block when it is made, as ext3 does; a page that was only read of a hole has none.
 */
import type { Inode, InodeContent } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';

type FileContent = Extract<InodeContent, { kind: 'regular' }>;

/** Size of the disk where the configuration does not say it. */
export const DISK_BYTES = 2 ** 30;
/** A block that was taken and has not been written to yet. */
const ZEROS = new Uint8Array(0);

export function diskPages({ configuration: { diskBytes = DISK_BYTES, pageBytes } }: Pick<Kernel, 'configuration'>): number {
  return Math.floor(diskBytes / pageBytes);
}

/** Sees to it that pages of a file have blocks, from one up to another; false, and takes none, where the disk has not as many. */
export function takeBlocks(k: Kernel, { content }: Inode, first: number, end: number): boolean {
  if (content.kind !== 'regular' || (end === first + 1 && content.blocks.has(first))) return true;
  const { frames } = k.state;
  const wanted: number[] = [];
  for (let index = first; index < end; index += 1) if (!content.blocks.has(index)) wanted.push(index);
  if (wanted.length > diskPages(k) - frames.diskUsed) return false;
  frames.diskUsed += wanted.length;
  for (const index of wanted) content.blocks.set(index, ZEROS);
  return true;
}

/** The bytes of a page, of which the disk keeps this array. A page that has no block gets one, however full the disk is. */
export function putBlock(k: Kernel, content: FileContent, index: number, bytes: Uint8Array): void {
  if (!content.blocks.has(index)) k.state.frames.diskUsed += 1;
  content.blocks.set(index, bytes);
}

/** Gives back the blocks of a file from a page on. */
export function freeBlocks(k: Kernel, { content }: Inode, first: number): void {
  if (content.kind !== 'regular') return;
  for (const index of [...content.blocks.keys()]) {
    if (index < first) continue;
    content.blocks.delete(index);
    k.state.frames.diskUsed -= 1;
  }
}
