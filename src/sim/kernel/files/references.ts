/** Open files: who holds them, and what happens when the last holder lets go. */
import type { Kernel } from '../kernel.ts';
import { operationsOfFile } from './operations.ts';
import { dropCache } from './regular.ts';
import type { Inode, OpenFile } from './state.ts';

/** A new open file, held by nobody yet. */
export function newOpenFile(inode: Inode, flags: number, text?: Uint8Array): OpenFile {
  inode.opens += 1;
  return { inode, position: 0, flags, owner: 0, references: 0, text };
}

/** One more descriptor or mapping holds the file. */
export function holdFile(file: OpenFile): OpenFile {
  file.references += 1;
  return file;
}

/** One holder fewer; the last one closes the file, and frees its bytes when it has no name any more. */
export function releaseFile(k: Kernel, file: OpenFile): void {
  file.references -= 1;
  if (file.references > 0) return;
  operationsOfFile(file).release?.(k, file);
  file.inode.opens -= 1;
  dropUnused(k, file.inode);
}

/** Frees the bytes of a file without a name that nobody holds. */
export function dropUnused(k: Kernel, inode: Inode): void {
  if (inode.links <= 0 && inode.opens <= 0) dropCache(k, inode);
}
