/** System calls that wait for children. */
import { newFrame } from '../../path.ts';
import type { Task } from '../../state.ts';
import type { WaitFor } from '../../task/waitChild.ts';
import { flags, int, optionalOutput } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { systemCall, type SystemCall } from '../systemCall.ts';

/** Options (linux/wait.h). Children neither stop nor continue, so asking for that finds nothing. */
const W = { NOHANG: 1, STOPPED: 2, EXITED: 4, CONTINUED: 8, NOWAIT: 0x100_0000, NOTHREAD: 0x2000_0000, ALL: 0x4000_0000, CLONE: 0x8000_0000 | 0 } as const;
const WAIT4_OPTIONS = W.NOHANG | W.STOPPED | W.CONTINUED | W.NOTHREAD | W.ALL | W.CLONE;
const WAITID_OPTIONS = W.NOHANG | W.STOPPED | W.EXITED | W.CONTINUED | W.NOWAIT | W.NOTHREAD | W.ALL | W.CLONE;
/** Kinds of waitid. */
const P = { ALL: 0, PID: 1, PGID: 2 } as const;

export const WAIT_CALLS: readonly SystemCall[] = [
  systemCall(114, 'wait4', [int('pid'), optionalOutput('status'), flags('options'), optionalOutput('rusage')],
    (_k, task, pid, status, options, usage) => ((options & ~WAIT4_OPTIONS) !== 0 ? -ERRNO.EINVAL : newFrame('do_wait', {
      children: childrenOfPid(task, pid), leaves: false, sleeps: (options & W.NOHANG) === 0, status, info: undefined, usage,
    }))),
  systemCall(272, 'waitid', [int('idtype'), int('id'), optionalOutput('info'), flags('options'), optionalOutput('rusage')],
    (_k, task, kind, id, info, options, usage) => {
      const children = childrenOfKind(task, kind, id);
      if ((options & ~WAITID_OPTIONS) !== 0 || (options & W.EXITED) === 0 || !children) return -ERRNO.EINVAL;
      return newFrame('do_wait', { children, leaves: (options & W.NOWAIT) !== 0, sleeps: (options & W.NOHANG) === 0, status: undefined, info, usage });
    }),
];

function childrenOfPid({ group }: Task, pid: number): WaitFor {
  if (pid === -1) return { kind: 'any' };
  if (pid > 0) return { kind: 'process', id: pid };
  return { kind: 'processGroup', id: pid === 0 ? group.processGroup : -pid };
}

function childrenOfKind({ group }: Task, kind: number, id: number): WaitFor | undefined {
  switch (kind) {
    case P.ALL: return { kind: 'any' };
    case P.PID: return id > 0 ? { kind: 'process', id } : undefined;
    case P.PGID: return id < 0 ? undefined : { kind: 'processGroup', id: id === 0 ? group.processGroup : id };
    default: return undefined;
  }
}
