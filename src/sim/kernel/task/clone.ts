/** clone: a new thread, a new process in the same address space (vfork, posix_spawn), or one with a copy of it (fork). */
import { PPE_USER_BYTES } from '../../ppe/layout.ts';
import type { Kernel } from '../kernel.ts';
import type { DupMmap } from '../mm/dupMmap.ts';
import { call, done, goTo, labelled, newFrame, next, path, step, wait } from '../path.ts';
import { isAlive } from '../signal/send.ts';
import type { Task, ThreadGroup } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { words } from '../syscall/layouts.ts';
import { copyToUser } from '../syscall/userCopy.ts';
import { holdFile } from '../files/references.ts';
import { newGroup, newTask } from './create.ts';
import { mayFork } from './threadLimit.ts';
import { enqueue } from './cpu.ts';

export const CLONE = {
  SIGNAL: 0xff, VM: 0x100, FS: 0x200, FILES: 0x400, SIGHAND: 0x800, VFORK: 0x4000, PARENT: 0x8000, THREAD: 0x1_0000,
  SETTLS: 0x8_0000, PARENT_SETTID: 0x10_0000, CHILD_CLEARTID: 0x20_0000, CHILD_SETTID: 0x100_0000,
} as const;

declare module '../path.ts' {
  interface PathLocals {
    do_fork: DoFork;
    ret_from_fork: { readonly childTid: number };
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
  /** The copy of the address space, where the child gets one. */
  readonly space: DupMmap;
  child: Task | undefined;
}

/** Answers the child's number; the child itself returns 0 from the same system call. */
export const doFork = path('do_fork', 'kernel/fork.c', [
  step('check the flags; as many processes as the user or the machine may have are -EAGAIN', (k, { group }, { flags }) => {
    if (!areValid(flags)) return done(-ERRNO.EINVAL);
    return mayFork(k, group) ? next : done(-ERRNO.EAGAIN);
  }),
  step('without CLONE_VM the child gets a copy of the address space', (_k, _task, { flags, space }) => (
    (flags & CLONE.VM) === 0 ? call('dup_mmap', space) : next
  )),
  step('make the child: a copy of this thread\'s registers', (k, task, f) => {
    f.child = copyProcess(k, task, f);
    return next;
  }),
  step('CLONE_PARENT_SETTID: tell the parent the child\'s number', (_k, _task, f) => (
    (f.flags & CLONE.PARENT_SETTID) === 0 || !f.child ? next : copyToUser(f.parentTid, words(f.child.tid))
  )),
  step('CLONE_CHILD_SETTID: and the child, where they share the memory', (_k, _task, f) => (
    (f.flags & CLONE.CHILD_SETTID) === 0 || f.space.copy || !f.child ? next : copyToUser(f.childTid, words(f.child.tid))
  )),
  step('the child is ready to run', (k, _task, { child, flags, childTid, space }) => {
    if (!child) return done(-ERRNO.EAGAIN);
    if ((flags & CLONE.CHILD_SETTID) !== 0 && space.copy) child.kernelStack.push(newFrame('ret_from_fork', { childTid }));
    enqueue(k, child);
    return (flags & CLONE.VFORK) === 0 ? done(child.tid) : goTo('vfork');
  }),
  labelled('vfork', 'CLONE_VFORK: sleep until the child has ended or has another program', (_k, task, { child }) => {
    if (child?.mm !== task.mm || child.group.exit || !isAlive(child)) return done(child?.tid ?? 0);
    return wait(child.group.vforkDone, false);
  }),
]);

/** What a child does first (kernel/sched.c, schedule_tail). */
export const retFromFork = path('ret_from_fork', 'arch/powerpc/kernel/entry_64.S', [
  step('CLONE_CHILD_SETTID: write its own number', (_k, task, { childTid }) => copyToUser(childTid, words(task.tid))),
  step('return 0 to the program', () => done(0)),
]);

/** Threads share handlers, and who shares handlers shares memory. */
function areValid(flags: number): boolean {
  if ((flags & CLONE.THREAD) !== 0 && (flags & CLONE.SIGHAND) === 0) return false;
  return (flags & CLONE.SIGHAND) === 0 || (flags & CLONE.VM) !== 0;
}

function copyProcess(k: Kernel, task: Task, { flags, stack, tls, childTid, space }: DoFork): Task {
  const group = (flags & CLONE.THREAD) !== 0 ? task.group : newProcess(k, task, flags);
  const child = newTask(k, group, space.copy ?? task.mm, task.name, task);
  if (space.copy) child.alternateStack = { ...task.alternateStack };
  else task.mm.users += 1;
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
  const { executable, arguments: args, cwd, umask, processGroup, session } = group;
  const shared = (flags & CLONE.FILES) !== 0;
  if (!shared) for (const file of group.files.values()) holdFile(file);
  return newGroup(k, {
    parent: (flags & CLONE.PARENT) !== 0 ? group.parent : group,
    exitSignal: flags & CLONE.SIGNAL, executable, arguments: args, cwd, umask, processGroup, session, limits: new Map(group.limits),
    handlers: (flags & CLONE.SIGHAND) !== 0 ? group.handlers : { actions: new Map(group.handlers.actions) },
    files: shared ? group.files : new Map(group.files),
    closeOnExec: shared ? group.closeOnExec : new Set(group.closeOnExec),
  });
}
