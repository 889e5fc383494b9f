/** Frames of user code: call frame information, the back chain of the 64-bit ELF ABI, and the kernel's signal frames in it. */
import { CALLER_FRAME_BYTES, restoreRegisters, UCONTEXT } from '../../sim/kernel/signal/frame.ts';
import type { Task } from '../../sim/kernel/state.ts';
import { SIGNAL_TRAMPOLINE } from '../../sim/kernel/task/vdso.ts';
import type { Machine } from '../../sim/machine.ts';
import { PPE_USER_BYTES } from '../../sim/ppe/layout.ts';
import { PpeRegisters } from '../../sim/ppe/registers.ts';
import type { DebugInfo } from '../../sim/program/dwarf/debugInfo.ts';
import type { CodeFrame } from '../c/context.ts';
import type { CMemory } from '../c/object.ts';
import { type FrameRegisters, liveRegisters, STACK_POINTER } from '../c/registers.ts';
import { callerByFrameInfo } from '../c/unwind.ts';
import type { CodeUnit } from '../code/codeUnit.ts';
import { isPpcCall, ppcFrameWork } from '../code/ppcCode.ts';
import type { UserFrame } from './frame.ts';
import { callerOf, isReturnAddress, type UnwindRules, type UnwoundFrame } from './unwind.ts';

/** More than any program has that did not lose its way. */
export const MOST_FRAMES = 2000;
/** The trampoline's instructions: the first one moves r1 to the ucontext. */
const TRAMPOLINE_BYTES = 12;
const INSTRUCTION = 4;

/** Innermost first, up to a number of them. */
export function userFrames(machine: Machine, unit: CodeUnit, task: Task, most = MOST_FRAMES): UserFrame[] {
  const read = (address: number, bytes: number): Uint8Array => machine.peek(task, address, bytes);
  const rules: UnwindRules = { unit, addressBytes: 8, frameWork: ppcFrameWork, isCall: isPpcCall, read };
  const memory: CMemory = { read, write: (address, bytes) => machine.poke(task, address, bytes), descriptorOf: (code) => unit.symbols.descriptorOf(code) };
  const registers = machine.registers(task);
  const frames: UserFrame[] = [];
  let frame: Walked | undefined = topFrame(registers, true);
  let known: PpeRegisters | undefined = registers;
  while (frame && frames.length < most) {
    const isSignal = isInTrampoline(frame.pc);
    const { pc, stackPointer, isInterrupted } = frame;
    const caller = frames.length + 1;
    const code = unit.debug && !isSignal ? codeFrame(unit.debug, frame, memory, () => frames[caller]?.code) : undefined;
    frames.push({ kind: 'user', task, pc, stackPointer, registers: known, isCurrent: frames.length === 0, isSignal, isInterrupted, code, activation: 0 });
    if (isSignal) {
      known = interrupted(machine, task, frame);
      frame = known && topFrame(known, false);
    } else {
      known = undefined;
      const found: Walked | undefined = walk(frame, code, rules);
      frame = found && (isInTrampoline(found.pc) || isReturnAddress(found.pc, rules)) ? found : undefined;
    }
  }
  return frames;
}

/** A frame with its registers, as far as they are known. */
interface Walked extends UnwoundFrame {
  readonly saved: FrameRegisters;
}

function codeFrame(debug: DebugInfo, { pc, isInterrupted, saved }: Walked, memory: CMemory, caller: CodeFrame['caller']): CodeFrame {
  const at = isInterrupted ? pc : pc - INSTRUCTION;
  let activations: CodeFrame['activations'] | undefined;
  return { at, pc, registers: saved, memory, caller, get activations() { return activations ??= debug.functions.at(at); }, debug };
}

/** By call frame information where the code has some, else by the back chain. */
function walk(frame: Walked, code: CodeFrame | undefined, rules: UnwindRules): Walked | undefined {
  const found = code && callerByFrameInfo(code);
  if (found === 'outermost') return undefined;
  if (found) {
    const { pc, stackPointer, registers } = found;
    if (stackPointer < frame.stackPointer || pc === 0 || pc % INSTRUCTION !== 0) return undefined;
    return { pc, stackPointer, link: undefined, isInterrupted: false, saved: registers };
  }
  const caller = callerOf(frame, rules);
  return caller && { ...caller, saved: stackPointerAlone(caller.stackPointer) };
}

/** Of a caller behind a frame that nothing describes, only the stack pointer is known. */
function stackPointerAlone(stackPointer: number): FrameRegisters {
  return { place: (number) => (number === STACK_POINTER ? { kind: 'value', value: BigInt(stackPointer) } : undefined) };
}

function topFrame(registers: PpeRegisters, canSet: boolean): Walked {
  return { pc: Number(registers.pc), stackPointer: Number(registers.gpr(1)), link: Number(registers.lr), isInterrupted: true, saved: liveRegisters(registers, canSet) };
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
