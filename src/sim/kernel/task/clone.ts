/** clone: a new thread, or a new process in the same address space (vfork, posix_spawn). */
import { PPE_USER_BYTES } from '../../ppe/layout.ts';
import type { Kernel } from '../kernel.ts';
import { done, goTo, labelled, next, path, step, wait } from '../path.ts';
import type { Task, ThreadGroup } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { words } from '../syscall/layouts.ts';
import { copyToUser } from '../syscall/userCopy.ts';
import { holdFile } from '../files/references.ts';
import { newGroup, newTask } from './create.ts';
import { enqueue } from './cpu.ts';

export const CLONE = {
  SIGNAL: 0xff, VM: 0x100, FS: 0x200, FILES: 0x400, SIGHAND: 0x800, VFORK: 0x4000, PARENT: 0x8000, THREAD: 0x1_0000,
  SETTLS: 0x8_0000, PARENT_SETTID: 0x10_0000, CHILD_CLEARTID: 0x20_0000, CHILD_SETTID: 0x100_0000,
} as const;

declare module '../path.ts' {
  interface PathLocals {
    do_fork: DoFork;
  }
}

export interface DoFork {
  readonly flags: number;
  /** Stack pointer of the child; 0 keeps the parent's. */
  readonly stack: number;
  readonly parentTid: number;
  /** Thread pointer for r13 (CLONE_SETTLS). */
  readonly tls: number;
  readonly childTid: number;
  child: Task | undefined;
}

/** Answers the child's number; the child itself returns 0 from the same system call. */
export const doFork = path('do_fork', 'kernel/fork.c', [
  step('check the flags', (k, _task, { flags }) => {
    const error = checkFlags(k, flags);
    return error === 0 ? next : done(error);
  }),
  step('make the child: a copy of this thread\'s registers, sharing the address space', (k, task, f) => {
    f.child = copyProcess(k, task, f);
    return next;
  }),
  step('CLONE_PARENT_SETTID: tell the parent the child\'s number', (_k, _task, f) => (
    (f.flags & CLONE.PARENT_SETTID) === 0 || !f.child ? next : copyToUser(f.parentTid, words(f.child.tid))
  )),
  step('CLONE_CHILD_SETTID: and the child', (_k, _task, f) => (
    (f.flags & CLONE.CHILD_SETTID) === 0 || !f.child ? next : copyToUser(f.childTid, words(f.child.tid))
  )),
  step('the child is ready to run', (k, _task, { child, flags }) => {
    if (!child) return done(-ERRNO.EAGAIN);
    enqueue(k, child);
    return (flags & CLONE.VFORK) === 0 ? done(child.tid) : goTo('vfork');
  }),
  labelled('vfork', 'CLONE_VFORK: sleep until the child has ended', (_k, _task, { child }) => {
    if (!child || child.group.exit?.kind !== undefined || child.state === 'zombie' || child.state === 'dead') return done(child?.tid ?? 0);
    return wait(child.group.vforkDone, false);
  }),
]);

function checkFlags(k: Kernel, flags: number): number {
  if ((flags & CLONE.VM) === 0) {
    k.notice('The program asked for a new process with an address space of its own (fork, or clone without CLONE_VM), which is not modelled; it got ENOSYS.');
    return -ERRNO.ENOSYS;
  }
  if ((flags & CLONE.THREAD) !== 0 && (flags & CLONE.SIGHAND) === 0) return -ERRNO.EINVAL;
  return 0;
}

function copyProcess(k: Kernel, task: Task, { flags, stack, tls, childTid }: DoFork): Task {
  const group = (flags & CLONE.THREAD) !== 0 ? task.group : newProcess(k, task, flags);
  const child = newTask(k, group, task.mm, task.name, task);
  task.mm.users += 1;
  if ((flags & CLONE.CHILD_CLEARTID) !== 0) child.clearChildTid = childTid;
  child.registers.set(k.registers(task).bytes.subarray(0, PPE_USER_BYTES));
  const registers = k.registers(child);
  registers.setGpr(3, 0n);
  registers.setSummaryOverflow(false);
  if (stack !== 0) registers.setGpr(1, BigInt(stack));
  if ((flags & CLONE.SETTLS) !== 0) registers.setGpr(13, BigInt(tls));
  return child;
}

function newProcess(k: Kernel, { group }: Task, flags: number): ThreadGroup {
  const { executable, arguments: args, cwd, umask } = group;
  const shared = (flags & CLONE.FILES) !== 0;
  if (!shared) for (const file of group.files.values()) holdFile(file);
  return newGroup(k, {
    parent: (flags & CLONE.PARENT) !== 0 ? group.parent : group,
    exitSignal: flags & CLONE.SIGNAL, executable, arguments: args, cwd, umask,
    handlers: (flags & CLONE.SIGHAND) !== 0 ? group.handlers : { actions: new Map(group.handlers.actions) },
    files: shared ? group.files : new Map(group.files),
    closeOnExec: shared ? group.closeOnExec : new Set(group.closeOnExec),
  });
}
