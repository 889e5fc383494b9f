/** prctl: the name of a thread. */
import { call, done, next, path, step } from '../path.ts';
import { ERRNO } from '../syscall/errno.ts';
import { encodeString } from '../syscall/layouts.ts';

declare module '../path.ts' {
  interface PathLocals {
    sys_prctl: { readonly option: number; readonly address: number; readonly bytes: Uint8Array };
  }
}

const PR_SET_NAME = 15;
const NAME_LENGTH = 15;

export const sysPrctl = path('sys_prctl', 'kernel/sys.c', [
  step('PR_SET_NAME: read the name; PR_GET_NAME: write it', (_k, task, { option, address, bytes }) => {
    if (option === PR_SET_NAME) return call('strncpy_from_user', { address, bytes });
    bytes.set(encodeString(task.name).subarray(0, bytes.length));
    return call('copy_to_user', { address, bytes });
  }),
  step('a bad pointer is EFAULT', (_k, _task, { option }, { returned }) => {
    if (option === PR_SET_NAME) return returned < 0 ? done(-ERRNO.EFAULT) : next;
    return done(returned > 0 ? -ERRNO.EFAULT : 0);
  }),
  step('take the name over', (_k, task, { bytes }) => {
    const end = bytes.indexOf(0);
    task.name = new TextDecoder().decode(bytes.subarray(0, end < 0 ? NAME_LENGTH : Math.min(end, NAME_LENGTH)));
    return done(0);
  }),
]);
