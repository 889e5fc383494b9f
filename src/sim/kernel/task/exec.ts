/** From a program file to a task that is ready to run: address space, stack, registers (fs/exec.c, fs/binfmt_elf.c). */
import type { Program } from '../../program/program.ts';
import { emptyFile, newInode, S_IFREG } from '../files/inode.ts';
import { O } from '../files/flags.ts';
import { installFile } from '../files/descriptors.ts';
import { openFile } from '../files/open.ts';
import { HOST_MOUNT, lookup } from '../files/tree.ts';
import type { Kernel } from '../kernel.ts';
import { newMm } from '../mm/mm.ts';
import type { Task } from '../state.ts';
import { newGroup, newTask } from './create.ts';
import { enqueue } from './cpu.ts';
import { mapImage } from './image.ts';
import { buildStack } from './stack.ts';
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
  const name = program.name.slice(program.name.lastIndexOf('/') + 1);
  const hasHostFolder = typeof lookup(k, HOST_MOUNT) !== 'number';
  const executable = `${hasHostFolder ? HOST_MOUNT : ''}/${name}`;
  const group = newGroup(k, {
    parent: undefined, exitSignal: 0, executable, arguments: settings.arguments, cwd: hasHostFolder ? HOST_MOUNT : '/',
    umask: 0o022, handlers: { actions: new Map() }, files: new Map(), closeOnExec: new Set(),
  });
  const mm = newMm(k);
  const task = newTask(k, group, mm, name.slice(0, NAME_LENGTH));
  for (const stream of ['stdin', 'stdout', 'stderr']) {
    const file = openFile(k, task, `/dev/${stream}`, O.RDWR, 0);
    if (typeof file !== 'number') installFile(group, file, false);
  }
  mapImage(k, mm, program, newInode(k.state.files, executable, S_IFREG | 0o755, emptyFile(), k.now()));
  mapVdso(k, mm);
  const stack = buildStack(k, mm, program, { ...settings, executable });
  const registers = k.registers(task);
  registers.pc = BigInt(program.entry);
  registers.setGpr(1, BigInt(stack.pointer));
  registers.setGpr(2, BigInt(program.toc));
  // The 64-bit PowerPC ELF ABI, section 3.4; r7 is 0, for there is nothing to call at exit.
  [stack.argumentCount, stack.arguments, stack.environment, stack.auxiliary].forEach((value, i) => { registers.setGpr(3 + i, BigInt(value)); });
  registers.vscr = VSCR_NON_JAVA;
  enqueue(k, task);
  return task;
}
