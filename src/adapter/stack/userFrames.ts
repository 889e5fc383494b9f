/** Frames of user code: the back chain of the 64-bit ELF ABI, and the kernel's signal frames in it. */
import { CALLER_FRAME_BYTES, restoreRegisters, UCONTEXT } from '../../sim/kernel/signal/frame.ts';
import type { Task } from '../../sim/kernel/state.ts';
import { SIGNAL_TRAMPOLINE } from '../../sim/kernel/task/vdso.ts';
import type { Machine } from '../../sim/machine.ts';
import { PPE_USER_BYTES } from '../../sim/ppe/layout.ts';
import { PpeRegisters } from '../../sim/ppe/registers.ts';
import type { CodeUnit } from '../code/codeUnit.ts';
import { isPpcCall, ppcFrameWork } from '../code/ppcCode.ts';
import type { UserFrame } from './frame.ts';
import { callerOf, isReturnAddress, type UnwindRules, type UnwoundFrame } from './unwind.ts';

/** More than any program has that did not lose its way. */
export const MOST_FRAMES = 2000;
/** The trampoline's instructions: the first one moves r1 to the ucontext. */
const TRAMPOLINE_BYTES = 12;

/** Innermost first, up to a number of them. */
export function userFrames(machine: Machine, unit: CodeUnit, task: Task, most = MOST_FRAMES): UserFrame[] {
  const rules: UnwindRules = {
    unit, addressBytes: 8, frameWork: ppcFrameWork, isCall: isPpcCall, read: (address, bytes) => machine.peek(task, address, bytes),
  };
  const registers = machine.registers(task);
  const frames: UserFrame[] = [];
  let frame: UnwoundFrame | undefined = topFrame(registers);
  let known: PpeRegisters | undefined = registers;
  while (frame && frames.length < most) {
    const isSignal = isInTrampoline(frame.pc);
    const { pc, stackPointer, isInterrupted } = frame;
    frames.push({ kind: 'user', task, pc, stackPointer, registers: known, isCurrent: frames.length === 0, isSignal, isInterrupted });
    if (isSignal) {
      known = interrupted(machine, task, frame);
      frame = known && topFrame(known);
    } else {
      known = undefined;
      const caller = callerOf(frame, rules);
      frame = caller && (isInTrampoline(caller.pc) || isReturnAddress(caller.pc, rules)) ? caller : undefined;
    }
  }
  return frames;
}

function topFrame(registers: PpeRegisters): UnwoundFrame {
  return { pc: Number(registers.pc), stackPointer: Number(registers.gpr(1)), link: Number(registers.lr), isInterrupted: true };
}

function isInTrampoline(pc: number): boolean {
  return pc >= SIGNAL_TRAMPOLINE && pc < SIGNAL_TRAMPOLINE + TRAMPOLINE_BYTES;
}

/** The registers that sigreturn will restore. */
function interrupted(machine: Machine, task: Task, { pc, stackPointer }: UnwoundFrame): PpeRegisters | undefined {
  const at = pc === SIGNAL_TRAMPOLINE ? stackPointer + CALLER_FRAME_BYTES : stackPointer;
  const ucontext = machine.peek(task, at, UCONTEXT.bytes);
  if (ucontext.length < UCONTEXT.bytes) return undefined;
  const registers = new PpeRegisters(new Uint8Array(PPE_USER_BYTES));
  restoreRegisters(registers, ucontext, undefined);
  return registers;
}
