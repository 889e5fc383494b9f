/** From a program to a task that runs it: address space, stack, registers (fs/exec.c, fs/binfmt_elf.c). */
import { PPE_USER_BYTES } from '../../ppe/layout.ts';
import type { Program } from '../../program/program.ts';
import { installFile } from '../files/descriptors.ts';
import { O } from '../files/flags.ts';
import { emptyFile, newInode, S_IFREG } from '../files/inode.ts';
import { openFile } from '../files/open.ts';
import { HOST_MOUNT, lookup } from '../files/tree.ts';
import type { Kernel } from '../kernel.ts';
import { newMm } from '../mm/mm.ts';
import type { Mm } from '../mm/state.ts';
import type { Task } from '../state.ts';
import { firstTid, newGroup, newTask } from './create.ts';
import { enqueue } from './cpu.ts';
import { mapImage } from './image.ts';
import { buildStack, type FirstStack, type StackContents } from './stack.ts';
import { mapVdso } from './vdso.ts';

export interface ExecSettings {
  /** Argument list; the first is the program's own name. */
  readonly arguments: readonly string[];
  /** `NAME=value` texts. */
  readonly environment: readonly string[];
}

/** VSCR[NJ]: programs begin with Java mode off (arch/powerpc/kernel/process.c, start_thread). */
const VSCR_NON_JAVA = 0x1_0000;

/** comm holds 15 characters. */
const NAME_LENGTH = 15;

/**
 * Makes the first process and puts it on the ready queue. Descriptors 0, 1 and 2 are the
 * console; the working directory is the host folder where there is one.
 * @throws RangeError with a sentence, when the program cannot be loaded into this machine.
 */
export function execProgram(k: Kernel, program: Program, settings: ExecSettings): Task {
  const hasHostFolder = typeof lookup(k, HOST_MOUNT) !== 'number';
  const executable = executableOf(k, program);
  const group = newGroup(k, {
    parent: undefined, processGroup: firstTid(k.configuration), session: firstTid(k.configuration), exitSignal: 0, executable, arguments: settings.arguments,
    cwd: hasHostFolder ? HOST_MOUNT : '/', umask: 0o022, limits: new Map(),
    handlers: { actions: new Map() }, files: new Map(), closeOnExec: new Set(),
  });
  const { mm, stack } = newImage(k, program, { ...settings, executable });
  const task = newTask(k, group, mm, commandName(executable));
  for (const stream of ['stdin', 'stdout', 'stderr']) {
    const file = openFile(k, task, `/dev/${stream}`, O.RDWR, 0);
    if (typeof file !== 'number') installFile(group, file, false);
  }
  startThread(k, task, program, stack);
  enqueue(k, task);
  return task;
}

/** An address space with a program in it: its segments, the vDSO, the first stack. @throws RangeError */
export function newImage(k: Kernel, program: Program, contents: StackContents): { readonly mm: Mm; readonly stack: FirstStack } {
  const mm = newMm(k);
  const file = newInode(k.state.files, contents.executable, S_IFREG | 0o755, emptyFile(), k.now());
  // It has no name in the tree: its bytes go with the last mapping.
  file.links = 0;
  mapImage(k, mm, program, file);
  mapVdso(k, mm);
  return { mm, stack: buildStack(k, mm, program, contents) };
}

/** Registers of a program that begins (the 64-bit PowerPC ELF ABI, section 3.4). r7 is 0, for there is nothing to call at exit. */
export function startThread(k: Kernel, task: Task, program: Program, stack: FirstStack): void {
  const registers = k.registers(task);
  // The thread keeps how floating-point exceptions interrupt it.
  const { floatInterruptMode } = registers;
  registers.bytes.fill(0, 0, PPE_USER_BYTES);
  registers.floatInterruptMode = floatInterruptMode;
  registers.pc = BigInt(program.entry);
  registers.setGpr(1, BigInt(stack.pointer));
  registers.setGpr(2, BigInt(program.toc));
  [stack.argumentCount, stack.arguments, stack.environment, stack.auxiliary].forEach((value, i) => { registers.setGpr(3 + i, BigInt(value)); });
  registers.vscr = VSCR_NON_JAVA;
}

/** Where a program that was given to the machine would lie in its file tree. */
export function executableOf(k: Kernel, program: Program): string {
  return `${typeof lookup(k, HOST_MOUNT) === 'number' ? '' : HOST_MOUNT}/${lastPart(program.name)}`;
}

/** The name of a thread that begins with an executable (comm). */
export function commandName(executable: string): string {
  return lastPart(executable).slice(0, NAME_LENGTH);
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
