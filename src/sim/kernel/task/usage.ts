/** Resources that tasks have used: getrusage, wait4, times. */
import type { Kernel } from '../kernel.ts';
import type { Task, ThreadGroup } from '../state.ts';
import { encodeTimeval, viewOf } from '../syscall/layouts.ts';
import { timeOf } from './clock.ts';
import type { Usage } from './state.ts';

export const NO_USAGE: Usage = { user: 0, system: 0, minFlt: 0, majFlt: 0 };

export function usageOfTask({ userCycles, systemCycles, minFlt, majFlt }: Task): Usage {
  return { user: userCycles, system: systemCycles, minFlt, majFlt };
}

/** What all threads of a group, ended ones too, have used. */
export function usageOfGroup({ past, tasks }: ThreadGroup): Usage {
  return tasks.reduce((sum, task) => addUsage(sum, usageOfTask(task)), past);
}

export function addUsage(a: Usage, b: Usage): Usage {
  return { user: a.user + b.user, system: a.system + b.system, minFlt: a.minFlt + b.minFlt, majFlt: a.majFlt + b.majFlt };
}

/** struct rusage: ru_utime 0, ru_stime 16, ru_minflt 64, ru_majflt 72; the kernels of that time fill in no more. */
export function encodeUsage(k: Kernel, { user, system, minFlt, majFlt }: Usage): Uint8Array {
  const bytes = new Uint8Array(144);
  bytes.set(encodeTimeval(timeOf(k, user)), 0);
  bytes.set(encodeTimeval(timeOf(k, system)), 16);
  const view = viewOf(bytes);
  view.setBigInt64(64, BigInt(minFlt));
  view.setBigInt64(72, BigInt(majFlt));
  return bytes;
}
