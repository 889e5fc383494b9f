/** wait4 and waitid: a process learns of the end of a child. */
import { done, path, step, wait, type Verdict } from '../path.ts';
import type { Kernel } from '../kernel.ts';
import { encodeSiginfo } from '../signal/frame.ts';
import { signalPending } from '../signal/pending.ts';
import type { Task, ThreadGroup } from '../state.ts';
import type { OutBuffer } from '../syscall/arguments.ts';
import { ERRNO, RESTART } from '../syscall/errno.ts';
import { words } from '../syscall/layouts.ts';
import { childSignal, reap } from './exit.ts';
import { addUsage, encodeUsage, usageOfGroup } from './usage.ts';

declare module '../path.ts' {
  interface PathLocals {
    do_wait: DoWait;
  }
}

/** Which children: all of them, one by its number, or those of a process group. */
export type WaitFor = { readonly kind: 'any' } | { readonly kind: 'process' | 'processGroup'; readonly id: number };

export interface DoWait {
  readonly children: WaitFor;
  /** A zombie stays one. */
  readonly leaves: boolean;
  readonly sleeps: boolean;
  /** Where the status goes: a word of its own for wait4, a siginfo for waitid. */
  readonly status: OutBuffer | undefined;
  readonly info: OutBuffer | undefined;
  readonly usage: OutBuffer;
}

const SIGINFO_BYTES = 128;

/** wait4 answers the child's number, waitid 0; 0 where no child has ended and the call does not sleep. */
export const doWait = path('do_wait', 'kernel/exit.c', [
  step('look for a child that has ended; sleep until one does', (k, task, f) => look(k, task, f)),
]);

function look(k: Kernel, task: Task, f: DoWait): Verdict {
  const children = childrenOf(k, task.group).filter((child) => isMeant(child, f.children));
  if (children.length === 0) return done(-ERRNO.ECHILD);
  const ended = children.find((child) => child.exit !== undefined && child.tasks.every(({ state }) => state === 'zombie'));
  if (ended) return done(report(k, task, f, ended));
  if (!f.sleeps) {
    if (f.info) f.info.bytes = new Uint8Array(SIGINFO_BYTES);
    return done(0);
  }
  return signalPending(task) ? done(-RESTART.ERESTARTSYS) : wait(task.group.childWait, true);
}

function report(k: Kernel, { group }: Task, { status, info, usage, leaves }: DoWait, ended: ThreadGroup): number {
  const used = addUsage(usageOfGroup(ended), ended.childrenUsage);
  if (status) status.bytes = words(ended.tasks[0]?.exitCode ?? 0);
  if (info) info.bytes = encodeSiginfo(childSignal(ended));
  usage.bytes = encodeUsage(k, used);
  if (!leaves) {
    group.childrenUsage = addUsage(group.childrenUsage, used);
    reap(k, ended);
  }
  return status ? ended.tgid : 0;
}

function isMeant({ tgid, processGroup }: ThreadGroup, children: WaitFor): boolean {
  switch (children.kind) {
    case 'any': return true;
    case 'process': return tgid === children.id;
    case 'processGroup': return processGroup === children.id;
  }
}

function childrenOf(k: Kernel, parent: ThreadGroup): ThreadGroup[] {
  const children = new Set<ThreadGroup>();
  for (const { group } of k.state.tasks.values()) if (group.parent === parent) children.add(group);
  return [...children];
}
