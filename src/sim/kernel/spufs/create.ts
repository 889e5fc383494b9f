/** The system call spu_create (facts 3.1). */
import { installFile } from '../files/descriptors.ts';
import { O } from '../files/flags.ts';
import { newOpenFile } from '../files/references.ts';
import { lookup, resolvePath } from '../files/tree.ts';
import type { Kernel } from '../kernel.ts';
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { createContext, holdContext } from './context.ts';

/**
 * Makes the context `name` and returns a descriptor of its directory. 2.6.18 takes no flags;
 * the parent must be the root of spufs.
 */
export function spuCreate(k: Kernel, task: Task, name: string, flags: number, mode: number): number {
  if (flags !== 0) return -ERRNO.EINVAL;
  const path = resolvePath(task.group.cwd, name);
  const cut = path.lastIndexOf('/');
  const root = lookup(k, path.slice(0, cut));
  if (typeof root === 'number') return root;
  const folder = createContext(k, root, path.slice(cut + 1), mode & ~task.group.umask, task.mm);
  if (typeof folder === 'number') return folder;
  if (folder.content.kind === 'spuContext') holdContext(folder.content.context);
  return installFile(task.group, newOpenFile(folder, O.RDONLY), false);
}
