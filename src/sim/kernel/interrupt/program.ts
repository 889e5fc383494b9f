/**
 * The program interrupt: what program_check_exception (arch/powerpc/kernel/traps.c) makes of an
 * instruction that cannot be executed, of a trap, and of an enabled floating-point exception (facts 6.7).
 */
import { FPSCR } from '../../ppe/float/fpscr.ts';
import type { Kernel } from '../kernel.ts';
import { peekWord } from '../mm/peek.ts';
import { FPE_CODE, ILL_CODE, SIGNAL, TRAP_CODE } from '../signal/numbers.ts';
import { faultSignal, forceSignal } from '../signal/send.ts';
import type { Task } from '../state.ts';

export type ProgramInterrupt = 'illegal' | 'privileged' | 'trap' | 'floatException';

/** Interrupt vector (Book III). */
const PROGRAM = 0x700;
/** PVR of a PlayStation 3 (facts 6.5). */
const PROCESSOR_VERSION = 0x0070_1000n;
/** Words that the kernel executes for a program: all of one register of `mfspr`, and a hint that the PPE does not know. */
const MFPVR = { mask: 0xfc1f_ffff, word: 0x7c1f_42a6 } as const;
const DCBA = { mask: 0xfc00_07fe, word: 0x7c00_05ec } as const;
const INSTRUCTION_BYTES = 4n;

/** Exceptions with their enables, in the order in which the kernel looks for them. */
const EXCEPTIONS = [
  { enable: FPSCR.enableInvalid, exception: FPSCR.vx, code: FPE_CODE.FLTINV },
  { enable: FPSCR.enableOverflow, exception: FPSCR.overflow, code: FPE_CODE.FLTOVF },
  { enable: FPSCR.enableUnderflow, exception: FPSCR.underflow, code: FPE_CODE.FLTUND },
  { enable: FPSCR.enableZeroDivide, exception: FPSCR.zeroDivide, code: FPE_CODE.FLTDIV },
  { enable: FPSCR.enableInexact, exception: FPSCR.inexact, code: FPE_CODE.FLTRES },
] as const;

export function programInterrupt(k: Kernel, task: Task, kind: ProgramInterrupt): void {
  switch (kind) {
    case 'floatException':
      raise(k, task, SIGNAL.SIGFPE, floatCode(k.registers(task).fpscr));
      return;
    case 'trap':
      raise(k, task, SIGNAL.SIGTRAP, TRAP_CODE.BRKPT);
      return;
    case 'illegal':
    case 'privileged':
      if (emulate(k, task)) return;
      if (kind === 'illegal') k.illegalInstruction(task);
      raise(k, task, SIGNAL.SIGILL, kind === 'privileged' ? ILL_CODE.PRVOPC : ILL_CODE.ILLOPC);
  }
}

function floatCode(fpscr: number): number {
  return EXCEPTIONS.find(({ enable, exception }) => (fpscr & enable) !== 0 && (fpscr & exception) !== 0)?.code ?? 0;
}

/** Whether the kernel has executed the current instruction itself. */
function emulate(k: Kernel, task: Task): boolean {
  const registers = k.registers(task);
  const word = peekWord(k, task.mm, Number(registers.pc));
  if (word === undefined) return false;
  if (isOf(word, MFPVR)) registers.setGpr((word >>> 21) & 31, PROCESSOR_VERSION);
  else if (!isOf(word, DCBA)) return false;
  registers.pc += INSTRUCTION_BYTES;
  return true;
}

function isOf(word: number, form: { readonly mask: number; readonly word: number }): boolean {
  return ((word ^ form.word) & form.mask) === 0;
}

function raise(k: Kernel, task: Task, signal: number, code: number): void {
  forceSignal(k, task, faultSignal(signal, code, k.registers(task).pc, PROGRAM, 0));
}
