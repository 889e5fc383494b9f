/** prctl: the name of a thread, and how floating-point exceptions interrupt it. */
import type { Kernel } from '../kernel.ts';
import { call, done, next, path, step } from '../path.ts';
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { encodeString, words } from '../syscall/layouts.ts';
import { taskNamed } from '../../timeline/record.ts';

declare module '../path.ts' {
  interface PathLocals {
    sys_prctl: { readonly option: number; readonly address: number; readonly bytes: Uint8Array };
  }
}

export const PR = { GET_FPEXC: 11, SET_FPEXC: 12, SET_NAME: 15, GET_NAME: 16 } as const;
/** The last of the modes, which are MSR[FE0] and MSR[FE1] as a number. */
export const PR_FP_EXC_PRECISE = 3;
const NAME_LENGTH = 15;

/** PR_SET_FPEXC: set_fpexc_mode of a processor with a plain floating-point unit (arch/powerpc/kernel/process.c). */
export function setFloatInterruptMode(k: Kernel, task: Task, mode: number): number {
  if (mode > PR_FP_EXC_PRECISE) return -ERRNO.EINVAL;
  k.registers(task).floatInterruptMode = mode;
  return 0;
}

export const sysPrctl = path('sys_prctl', 'kernel/sys.c', [
  step('PR_SET_NAME: read the name; PR_GET_NAME, PR_GET_FPEXC: write it', (k, task, { option, address, bytes }) => {
    if (option === PR.SET_NAME) return call('strncpy_from_user', { address, bytes });
    bytes.set(option === PR.GET_NAME ? encodeString(task.name).subarray(0, bytes.length) : words(k.registers(task).floatInterruptMode));
    return call('copy_to_user', { address, bytes });
  }),
  step('a bad pointer is EFAULT', (_k, _task, { option }, { returned }) => {
    if (option === PR.SET_NAME) return returned < 0 ? done(-ERRNO.EFAULT) : next;
    return done(returned > 0 ? -ERRNO.EFAULT : 0);
  }),
  step('take the name over', (k, task, { bytes }) => {
    const end = bytes.indexOf(0);
    task.name = new TextDecoder().decode(bytes.subarray(0, end < 0 ? NAME_LENGTH : Math.min(end, NAME_LENGTH)));
    taskNamed(k, task);
    return done(0);
  }),
]);
