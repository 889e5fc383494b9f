/** wait4: a process learns of the end of a child. */
import { done, path, step, wait, type Verdict } from '../path.ts';
import type { Kernel } from '../kernel.ts';
import { signalPending } from '../signal/pending.ts';
import type { Task, ThreadGroup } from '../state.ts';
import type { OutBuffer } from '../syscall/arguments.ts';
import { ERRNO, RESTART } from '../syscall/errno.ts';
import { words } from '../syscall/layouts.ts';
import { reap } from './exit.ts';
import { encodeUsage, usageOfGroup } from './usage.ts';

declare module '../path.ts' {
  interface PathLocals {
    do_wait: DoWait;
  }
}

export interface DoWait {
  /** A process number, or -1 for any child. */
  readonly pid: number;
  readonly options: number;
  readonly status: OutBuffer;
  readonly usage: OutBuffer;
}

const WNOHANG = 1;

export const doWait = path('do_wait', 'kernel/exit.c', [
  step('look for a child that has ended; sleep until one does', (k, task, f) => look(k, task, f)),
]);

function look(k: Kernel, task: Task, f: DoWait): Verdict {
  const children = childrenOf(k, task.group).filter(({ tgid }) => f.pid === -1 || tgid === f.pid);
  if (children.length === 0) return done(-ERRNO.ECHILD);
  const ended = children.find((child) => child.exit !== undefined && child.tasks.every(({ state }) => state === 'zombie'));
  if (ended) {
    f.status.bytes = words(ended.tasks[0]?.exitCode ?? 0);
    f.usage.bytes = encodeUsage(k, usageOfGroup(ended));
    reap(k, ended);
    return done(ended.tgid);
  }
  if ((f.options & WNOHANG) !== 0) return done(0);
  return signalPending(task) ? done(-RESTART.ERESTARTSYS) : wait(task.group.childWait, true);
}

function childrenOf(k: Kernel, parent: ThreadGroup): ThreadGroup[] {
  const children = new Set<ThreadGroup>();
  for (const { group } of k.state.tasks.values()) if (group.parent === parent) children.add(group);
  return [...children];
}
