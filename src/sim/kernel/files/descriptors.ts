/** Descriptors of a thread group. */
import type { Kernel } from '../kernel.ts';
import type { Task, ThreadGroup } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { RLIMIT, softLimit } from '../task/softLimit.ts';
import { holdFile, releaseFile } from './references.ts';
import type { OpenFile } from './state.ts';

/** RLIMIT_NOFILE of 2.6.18. */
export const MAX_DESCRIPTORS = 1024;

export function fileOf(task: Task, descriptor: number): OpenFile | undefined {
  return task.group.files.get(descriptor);
}

/** Gives an open file the lowest free descriptor from `minimum` on; -EMFILE where there is none. */
export function installFile(group: ThreadGroup, file: OpenFile, closeOnExec: boolean, minimum = 0): number {
  let descriptor = minimum;
  while (group.files.has(descriptor)) descriptor += 1;
  if (descriptor >= softLimit(group, RLIMIT.NOFILE, MAX_DESCRIPTORS)) return -ERRNO.EMFILE;
  setDescriptor(group, descriptor, holdFile(file), closeOnExec);
  return descriptor;
}

/** Makes a descriptor name an open file; what it named before is closed. */
export function replaceDescriptor(k: Kernel, group: ThreadGroup, descriptor: number, file: OpenFile, closeOnExec: boolean): void {
  holdFile(file);
  closeDescriptor(k, group, descriptor);
  setDescriptor(group, descriptor, file, closeOnExec);
}

/** 0, or -EBADF. */
export function closeDescriptor(k: Kernel, group: ThreadGroup, descriptor: number): number {
  const file = group.files.get(descriptor);
  if (!file) return -ERRNO.EBADF;
  group.files.delete(descriptor);
  group.closeOnExec.delete(descriptor);
  releaseFile(k, file);
  return 0;
}

/** The program has ended. */
export function closeAll(k: Kernel, group: ThreadGroup): void {
  for (const descriptor of [...group.files.keys()]) closeDescriptor(k, group, descriptor);
}

function setDescriptor(group: ThreadGroup, descriptor: number, file: OpenFile, closeOnExec: boolean): void {
  group.files.set(descriptor, file);
  if (closeOnExec) group.closeOnExec.add(descriptor);
  else group.closeOnExec.delete(descriptor);
}
