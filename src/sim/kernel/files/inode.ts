/** Inodes: making them, what kind of file they are, how large. */
import type { Kernel } from '../kernel.ts';
import type { FilesState, Inode, InodeContent } from './state.ts';

/** File types in `mode`. */
export const S_IFIFO = 0o010000;
export const S_IFCHR = 0o020000;
export const S_IFDIR = 0o040000;
export const S_IFREG = 0o100000;
export const S_IFLNK = 0o120000;
const S_IFMT = 0o170000;

/** `mode` carries the file type and the permissions. */
export function newInode(files: FilesState, path: string, mode: number, content: InodeContent, now = 0): Inode {
  const inode: Inode = {
    number: files.nextInode, path, mode, links: (mode & S_IFMT) === S_IFDIR ? 2 : 1,
    content, cache: new Map(), dirty: new Set(), writeFailed: false, truncateCount: 0, modified: now, opens: 0,
  };
  files.nextInode += 1;
  return inode;
}

/** Content of a new regular file, or of memory that processes share: its pages begin without a look at a disk. */
export function emptyFile(size = 0, isSharedMemory = false): InodeContent {
  return { kind: 'regular', size, blocks: new Map(), isSharedMemory };
}

export function isDirectory(inode: Inode): boolean {
  return (inode.mode & S_IFMT) === S_IFDIR;
}

export function isSymbolicLink(inode: Inode): boolean {
  return (inode.mode & S_IFMT) === S_IFLNK;
}

/** d_type of a directory entry. */
export function entryType(inode: Inode): number {
  return (inode.mode & S_IFMT) >> 12;
}

/** i_size of a file in bytes; 0 where the kind has none. */
export function fileSize(inode: Inode): number {
  const { content } = inode;
  switch (content.kind) {
    case 'regular':
    case 'host':
    case 'spuFile':
      return content.size;
    case 'device':
      return content.device.script.size;
    default:
      return 0;
  }
}

/** Entries by name, of whatever directory; undefined where the inode is none. Host folders may have more (`tree.ts`). */
export function directoryEntries(inode: Inode): Map<string, Inode> | undefined {
  return 'entries' in inode.content ? inode.content.entries : undefined;
}

/** Marks a file as changed now. */
export function touch(k: Kernel, inode: Inode): void {
  inode.modified = k.now();
}
