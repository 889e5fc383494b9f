/** sigaltstack: a stack for handlers with SA_ONSTACK. */
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { longAt, wordAt } from '../syscall/layouts.ts';
import { isOnStack } from './frame.ts';

const SS_ONSTACK = 1;
const SS_DISABLE = 2;
/** MINSIGSTKSZ of ppc64 at that time. */
const MINIMUM_BYTES = 2048;

/** Takes over a struct sigaltstack: 0, or a negative errno. */
export function setAlternateStack(task: Task, bytes: Uint8Array, stackPointer: number): number {
  const flags = wordAt(bytes, 8);
  if (isOnStack(task, stackPointer)) return -ERRNO.EPERM;
  if (flags !== 0 && flags !== SS_ONSTACK && flags !== SS_DISABLE) return -ERRNO.EINVAL;
  if (flags === SS_DISABLE) {
    task.alternateStack = { base: 0, size: 0, flags: SS_DISABLE };
    return 0;
  }
  const size = Number(longAt(bytes, 16));
  if (size < MINIMUM_BYTES) return -ERRNO.ENOMEM;
  task.alternateStack = { base: Number(longAt(bytes, 0)), size, flags: 0 };
  return 0;
}
