/** open: from a name to an open file. */
import type { Kernel } from '../kernel.ts';
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { canWrite, O } from './flags.ts';
import { emptyFile, isDirectory, isSymbolicLink, S_IFREG } from './inode.ts';
import { operationsOf } from './operations.ts';
import { newOpenFile } from './references.ts';
import { truncate } from './regular.ts';
import type { Inode, OpenFile } from './state.ts';
import { create, lookup } from './tree.ts';

const PERMISSIONS = 0o7777;

/** Opens a full path, making the file where O_CREAT asks for it; a negative errno where it cannot be. */
export function openFile(k: Kernel, task: Task, path: string, flags: number, mode: number): OpenFile | number {
  const found = lookup(k, path);
  if (typeof found !== 'number') {
    if ((flags & O.CREAT) !== 0 && (flags & O.EXCL) !== 0) return -ERRNO.EEXIST;
    return openInode(k, task, found, flags);
  }
  if (found !== -ERRNO.ENOENT || (flags & O.CREAT) === 0) return found;
  const made = create(k, path, S_IFREG | (mode & PERMISSIONS & ~task.group.umask), emptyFile());
  return typeof made === 'number' ? made : openInode(k, task, made, flags & ~O.TRUNC);
}

/** Opens an inode. */
function openInode(k: Kernel, task: Task, inode: Inode, flags: number): OpenFile | number {
  if (isSymbolicLink(inode)) return openExecutable(k, task, flags);
  const refusal = refuse(inode, flags) ?? operationsOf(inode.content.kind).open?.(k, task, inode, flags) ?? 0;
  if (refusal < 0) return refusal;
  if ((flags & O.TRUNC) !== 0 && canWrite(flags) && inode.content.kind === 'regular') {
    const answer = truncate(k, inode, 0);
    if (answer < 0) return answer;
  }
  const text = operationsOf(inode.content.kind).text?.(k, task, inode);
  return newOpenFile(inode, flags & ~(O.CREAT | O.EXCL | O.TRUNC), text);
}

/** `/proc/self/exe` leads to the program's own file. */
function openExecutable(k: Kernel, task: Task, flags: number): OpenFile | number {
  if ((flags & O.NOFOLLOW) !== 0) return -ERRNO.ELOOP;
  const target = lookup(k, task.group.executable);
  if (typeof target === 'number') return target;
  return isSymbolicLink(target) ? -ERRNO.ELOOP : openInode(k, task, target, flags);
}

function refuse(inode: Inode, flags: number): number | undefined {
  if (isDirectory(inode)) return canWrite(flags) || (flags & O.CREAT) !== 0 ? -ERRNO.EISDIR : undefined;
  if ((flags & O.DIRECTORY) !== 0) return -ERRNO.ENOTDIR;
  if (!canWrite(flags)) return undefined;
  if (inode.content.kind === 'host') return -ERRNO.EROFS;
  return inode.content.kind === 'proc' ? -ERRNO.EACCES : undefined;
}
