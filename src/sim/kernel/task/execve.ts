/** execve: a process goes on with another program (fs/exec.c). */
import { ProgramErrors, type Program } from '../../program/program.ts';
import { isElf } from '../../program/elf/identify.ts';
import { readElf } from '../../program/elf/readElf.ts';
import { closeDescriptor } from '../files/descriptors.ts';
import { isDirectory, isSymbolicLink } from '../files/inode.ts';
import { holdFile } from '../files/references.ts';
import { regularBytes } from '../files/regular.ts';
import { lookup, resolvePath } from '../files/tree.ts';
import type { Kernel } from '../kernel.ts';
import { dropMm } from '../mm/mm.ts';
import { call, done, goTo, labelled, path, step, type Verdict } from '../path.ts';
import { SIG_IGN } from '../signal/numbers.ts';
import { isAlive } from '../signal/send.ts';
import type { Task, ThreadGroup } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { unsignedLongAt } from '../syscall/layouts.ts';
import { copyFromUser } from '../syscall/userCopy.ts';
import { wakeAll } from '../wait.ts';
import { commandName, executableOf, newImage, startThread } from './exec.ts';
import { taskNamed } from '../../timeline/record.ts';

declare module '../path.ts' {
  interface PathLocals {
    do_execve: DoExecve;
  }
}

export interface DoExecve {
  readonly name: string;
  /** The two lists of the call, and what has been copied of them. */
  readonly lists: readonly { readonly address: number; readonly texts: string[] }[];
  /** The list in hand. */
  list: number;
  readonly pointer: Uint8Array;
  readonly text: Uint8Array;
}

/** MAX_ARG_STRLEN: 32 pages of 4 KiB. */
const MOST_TEXT_BYTES = 32 * 4096;
const POINTER_BYTES = 8;

export function newExecve(name: string, argv: number, envp: number): DoExecve {
  const lists = [argv, envp].map((address) => ({ address, texts: [] }));
  return { name, lists, list: 0, pointer: new Uint8Array(POINTER_BYTES), text: new Uint8Array(MOST_TEXT_BYTES) };
}

/** Returns only where it fails; else the new program begins. */
export const doExecve = path('do_execve', 'fs/exec.c', [
  labelled('pointer', 'read the next pointer of the argument list, then of the environment', (_k, _task, f) => {
    const list = f.lists[f.list];
    if (!list) return goTo('load');
    if (list.address === 0) return nextList(f);
    return copyFromUser(list.address + list.texts.length * POINTER_BYTES, f.pointer);
  }),
  step('copy the text that it points at; a null pointer ends the list', (_k, _task, f, { returned }) => {
    if (returned > 0) return done(-ERRNO.EFAULT);
    const address = unsignedLongAt(f.pointer, 0);
    return address === 0n ? nextList(f) : call('strncpy_from_user', { address: Number(address), bytes: f.text });
  }),
  step('keep it', (_k, _task, f, { returned }) => {
    if (returned < 0) return done(returned);
    if (returned >= MOST_TEXT_BYTES) return done(-ERRNO.E2BIG);
    f.lists[f.list]?.texts.push(new TextDecoder().decode(f.text.subarray(0, returned)));
    return goTo('pointer');
  }),
  labelled('load', 'load the program; then its address space replaces the old one', (k, task, f) => {
    const loaded = findProgram(k, task, f.name);
    return done(typeof loaded === 'number' ? loaded : replace(k, task, f, loaded));
  }),
]);

interface Loaded {
  readonly program: Program;
  readonly executable: string;
}

function nextList(f: DoExecve): Verdict {
  f.list += 1;
  return goTo('pointer');
}

/** The program that a name means: the machine's own by its argv[0] and in /proc/self/exe too, else an ELF file of the tree. */
function findProgram(k: Kernel, task: Task, name: string): Loaded | number {
  const { program } = k;
  const full = resolvePath(task.group.cwd, name);
  const inode = lookup(k, full);
  const executable = typeof inode !== 'number' && isSymbolicLink(inode) ? task.group.executable : full;
  const own = program && executableOf(k, program);
  if (program && own !== undefined && (name === program.name || executable === own)) return { program, executable: own };
  const file = executable === full ? inode : lookup(k, executable);
  if (typeof file === 'number') return file;
  if (isDirectory(file)) return -ERRNO.EACCES;
  const bytes = regularBytes(k, file);
  if (!bytes || (file.mode & 0o111) === 0) return -ERRNO.EACCES;
  return readProgram(k, executable, bytes);
}

function readProgram(k: Kernel, executable: string, bytes: Uint8Array): Loaded | number {
  if (!isElf(bytes)) return -ERRNO.ENOEXEC;
  try {
    const { program } = readElf(executable, bytes);
    return program.isa === 'ppc' ? { program, executable } : -ERRNO.ENOEXEC;
  } catch (error) {
    if (!(error instanceof ProgramErrors)) throw error;
    k.notice(`execve answered ENOEXEC. ${error.message}`);
    return -ERRNO.ENOEXEC;
  }
}

function replace(k: Kernel, task: Task, { lists }: DoExecve, { program, executable }: Loaded): number {
  const { group } = task;
  if (group.tasks.some((other) => other !== task && isAlive(other))) {
    k.notice('The program called execve while it had other threads, which is not modelled; it got EAGAIN.');
    return -ERRNO.EAGAIN;
  }
  const [args, environment] = lists.map(({ texts }) => texts);
  const contents = { executable, arguments: args ?? [], environment: environment ?? [] };
  let image: ReturnType<typeof newImage>;
  try {
    image = newImage(k, program, contents);
  } catch (error) {
    // No memory for its segments, or too many arguments for its stack.
    if (error instanceof RangeError) return -ERRNO.ENOMEM;
    throw error;
  }
  if (program !== k.program) k.notice(`Process ${String(group.tgid)} goes on with ${executable}; names and source lines that are shown are those of the first program.`);
  const old = task.mm;
  task.mm = image.mm;
  if (task.cpu !== undefined) k.mmu.switchTo(task.cpu, task);
  dropMm(k, old);
  startThread(k, task, program, image.stack);
  forgetOld(k, task);
  Object.assign(group, { executable, arguments: contents.arguments });
  task.name = commandName(executable);
  taskNamed(k, task);
  wakeAll(k, group.vforkDone);
  return 0;
}

/** A child with CLONE_FILES has had the very table of its parent. */
function unshareFiles(group: ThreadGroup): void {
  group.files = new Map(group.files);
  group.closeOnExec = new Set(group.closeOnExec);
  for (const file of group.files.values()) holdFile(file);
}

/** What belongs to the old program alone: handlers, the alternate stack, files that are closed on exec, robust futexes. */
function forgetOld(k: Kernel, task: Task): void {
  const { group } = task;
  group.handlers = { actions: new Map([...group.handlers.actions].filter(([, { handler }]) => handler === SIG_IGN)) };
  if (group.files === group.parent?.files) unshareFiles(group);
  for (const fd of [...group.closeOnExec]) closeDescriptor(k, group, fd);
  task.alternateStack = { base: 0, size: 0, flags: 0 };
  task.clearChildTid = 0;
  task.robustList = 0;
  task.restartBlock = undefined;
  task.syscall = undefined;
  task.lastFault = undefined;
  task.kernelStack.length = 0;
}
