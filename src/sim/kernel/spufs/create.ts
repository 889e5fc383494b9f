/** The system call spu_create (facts 3.1). */
import { installFile } from '../files/descriptors.ts';
import { O } from '../files/flags.ts';
import { isDirectory } from '../files/inode.ts';
import { holdFile, newOpenFile, releaseFile } from '../files/references.ts';
import type { Inode } from '../files/state.ts';
import { lookup, resolvePath } from '../files/tree.ts';
import type { Kernel } from '../kernel.ts';
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { createContext, holdContext } from './context.ts';

const NAME_MAX = 255;

/**
 * Makes the context `name` and returns a descriptor of its directory. Its parent must be the
 * root of spufs; 2.6.18 takes no flags.
 */
export function spuCreate(k: Kernel, task: Task, name: string, flags: number, mode: number): number {
  if (name === '') return -ERRNO.ENOENT;
  const path = name.replace(/\/+$/, '');
  const cut = path.lastIndexOf('/') + 1;
  const root = lookup(k, resolvePath(task.group.cwd, path.slice(0, cut)));
  if (typeof root === 'number') return root;
  if (!isDirectory(root)) return -ERRNO.ENOTDIR;
  if (root.content.kind !== 'spufsRoot' || flags !== 0) return -ERRNO.EINVAL;
  const last = path.slice(cut);
  if (last === '' || last === '.' || last === '..') return -ERRNO.EEXIST;
  if (last.length > NAME_MAX) return -ERRNO.ENAMETOOLONG;
  const folder = createContext(k, root, last, mode & ~task.group.umask, task.mm);
  return typeof folder === 'number' ? folder : openContext(k, task, folder);
}

/** Without a free descriptor the context goes away again. */
function openContext(k: Kernel, task: Task, folder: Inode): number {
  const { content } = folder;
  if (content.kind !== 'spuContext') throw new Error(`${folder.path} is no directory of an SPE context.`);
  holdContext(content.context);
  const file = newOpenFile({ ...folder, content: { ...content, kind: 'spuDescriptor' } }, O.RDONLY);
  const descriptor = installFile(task.group, file, false);
  if (descriptor < 0) releaseFile(k, holdFile(file));
  return descriptor;
}
