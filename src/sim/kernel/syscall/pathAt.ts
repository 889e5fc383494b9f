/** File names of system calls: relative to the working directory, or to an open directory. */
import { fileOf } from '../files/descriptors.ts';
import { AT_FDCWD } from '../files/flags.ts';
import { isDirectory } from '../files/inode.ts';
import { resolvePath } from '../files/tree.ts';
import type { Task } from '../state.ts';
import { ERRNO } from './errno.ts';

/** The full path of a name as the ...at calls take it; a negative errno where it has none. */
export function pathAt(task: Task, folder: number, name: string): string | number {
  if (name === '') return -ERRNO.ENOENT;
  if (folder === AT_FDCWD || name.startsWith('/')) return resolvePath(task.group.cwd, name);
  const file = fileOf(task, folder);
  if (!file) return -ERRNO.EBADF;
  return isDirectory(file.inode) ? resolvePath(file.inode.path, name) : -ERRNO.ENOTDIR;
}
