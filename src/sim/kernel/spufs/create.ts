/** The system call spu_create (facts 3.1). */
import { fileOf, installFile } from '../files/descriptors.ts';
import { O } from '../files/flags.ts';
import { directoryEntries, isDirectory } from '../files/inode.ts';
import { holdFile, newOpenFile, releaseFile } from '../files/references.ts';
import type { Inode } from '../files/state.ts';
import { lookup, resolvePath } from '../files/tree.ts';
import type { Kernel } from '../kernel.ts';
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { isPrivileged } from '../task/identity.ts';
import { holdContext } from './context.ts';
import { flagBits, SPU_CREATE } from './createFlags.ts';
import { checkAffinity, createGang, setAffinity } from './gang.ts';
import { createContext } from './newContext.ts';
import type { SpuContext } from './state.ts';

const NAME_MAX = 255;
const AFFINITY = SPU_CREATE.affinitySpu | SPU_CREATE.affinityMem;

export interface SpuCreate {
  readonly flags: number;
  readonly mode: number;
  /** Descriptor of the context to be beside, with SPU_CREATE_AFFINITY_SPU. */
  readonly neighbour: number;
}

/** Makes the context or the gang `name` and returns a descriptor of its directory, or a negative errno. */
export function spuCreate(k: Kernel, task: Task, name: string, { flags, mode, neighbour }: SpuCreate): number {
  if (name === '') return -ERRNO.ENOENT;
  const path = name.replace(/\/+$/, '');
  const cut = path.lastIndexOf('/') + 1;
  const root = lookup(k, resolvePath(task.group.cwd, path.slice(0, cut)));
  if (typeof root === 'number') return root;
  if (!isDirectory(root)) return -ERRNO.ENOTDIR;
  if (!takes(k, root, flags)) return -ERRNO.EINVAL;
  const last = path.slice(cut);
  if (last === '' || last === '.' || last === '..') return -ERRNO.EEXIST;
  if (last.length > NAME_MAX) return -ERRNO.ENAMETOOLONG;
  if (directoryEntries(root)?.has(last) === true) return -ERRNO.EEXIST;
  const permissions = mode & ~task.group.umask;
  if ((flags & SPU_CREATE.gang) !== 0) return openGang(k, task, createGang(k, root, last, permissions));
  const beside = contextOfDescriptor(task, neighbour);
  const refusal = refuse(k, root, flags, beside);
  if (refusal !== 0) return refusal;
  const folder = createContext(k, root, last, { mode: permissions, flags, task });
  return typeof folder === 'number' ? folder : openContext(k, task, folder, beside);
}

/** The root of spufs takes contexts and gangs, a gang takes contexts; flags that the kernel does not know are refused. */
function takes({ profile }: Kernel, { content: { kind } }: Inode, flags: number): boolean {
  if ((flags & ~flagBits(profile.spuCreateFlags)) !== 0) return false;
  return kind === 'spufsRoot' || (kind === 'spuGang' && (flags & SPU_CREATE.gang) === 0);
}

/** To keep an SPE takes CAP_SYS_NICE. There is no loader for isolated programs. */
function refuse(k: Kernel, { content }: Inode, flags: number, beside: SpuContext | undefined): number {
  if ((flags & SPU_CREATE.nosched) !== 0 && !isPrivileged(k)) return -ERRNO.EPERM;
  if ((flags & SPU_CREATE.isolate) !== 0) return (flags & SPU_CREATE.nosched) === 0 ? -ERRNO.EINVAL : -ERRNO.ENODEV;
  return (flags & AFFINITY) === 0 ? 0 : checkAffinity(k, content.kind === 'spuGang' ? content.gang : undefined, flags, beside);
}

function contextOfDescriptor(task: Task, fd: number): SpuContext | undefined {
  const content = fileOf(task, fd)?.inode.content;
  return content?.kind === 'spuDescriptor' ? content.context : undefined;
}

/** Without a free descriptor the context goes away again. */
function openContext(k: Kernel, task: Task, folder: Inode, beside: SpuContext | undefined): number {
  const { content } = folder;
  if (content.kind !== 'spuContext') throw new Error(`${folder.path} is no directory of an SPE context.`);
  setAffinity(content.context, beside);
  holdContext(content.context);
  const file = newOpenFile({ ...folder, content: { ...content, kind: 'spuDescriptor' } }, O.RDONLY);
  const descriptor = installFile(task.group, file, false);
  if (descriptor < 0) releaseFile(k, holdFile(file));
  return descriptor;
}

function openGang(k: Kernel, task: Task, folder: Inode): number {
  const file = newOpenFile(folder, O.RDONLY);
  const descriptor = installFile(task.group, file, false);
  if (descriptor < 0) releaseFile(k, holdFile(file));
  return descriptor;
}
