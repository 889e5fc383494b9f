/**
 * Begins the innermost function again: at its first instruction, with its caller's stack pointer, return address and
 * preserved registers. Frames further out cannot be: what their callees have changed is not known.
 */
import { ppcFrameWork } from '../code/ppcCode.ts';
import { spuFrameWork } from '../code/spuCode.ts';
import type { Debuggee } from '../session/debuggee.ts';
import type { Frame, SpuFrame, UserFrame } from './frame.ts';
import { frameShape } from './frameShape.ts';
import { isPpcBranch, isSpuBranch, type KeptRegister, keptRegisters, ppcKeeps, spuKeeps } from './prologue.ts';
import { setSpuPc } from './jump.ts';
import { unitOfFrame } from './places.ts';

const INSTRUCTION = 4;
/** Longer functions are read no further. */
const MOST_BYTES = 65_536;
/** Place of the return address in the caller's frame, in both ABIs. */
const RETURN_ADDRESS_AT = 16;
const STACK_POINTER = 1;
const SPU_LINK = 0;
const QUADWORD = 16;

/** Sets the registers. */
export type Restart = () => void;

/** Undefined where the frame cannot begin again. */
export function restartOf(debuggee: Debuggee, frame: Frame): Restart | undefined {
  if (frame.kind === 'user') return frame.isCurrent && !frame.isSignal && frame.task.kernelStack.length === 0 ? restartOfTask(debuggee, frame) : undefined;
  return frame.kind === 'spu' && frame.isCurrent ? restartOfContext(debuggee, frame) : undefined;
}

function restartOfTask(debuggee: Debuggee, frame: UserFrame): Restart | undefined {
  const { machine } = debuggee;
  const { task, stackPointer } = frame;
  const read = (address: number, bytes: number): Uint8Array => machine.peek(task, address, bytes);
  const code = codeUpTo(debuggee, frame, read);
  if (!code) return undefined;
  const shape = frameShape(code.words, ppcFrameWork);
  const callers = shape.allocated ? doubleword(read(stackPointer, 8)) : BigInt(stackPointer);
  const link = shape.saved && callers !== undefined ? doubleword(read(Number(callers) + RETURN_ADDRESS_AT, 8)) : undefined;
  if (callers === undefined || (shape.saved && link === undefined)) return undefined;
  const kept = keptRegisters(code.words, { frameWork: ppcFrameWork, keeps: ppcKeeps, isBranch: isPpcBranch });
  return () => {
    const registers = machine.registers(task);
    for (const register of kept) {
      const value = doubleword(read(keptAt(register, stackPointer, Number(callers)), 8));
      if (value === undefined) continue;
      if (register.file === 'general') registers.setGpr(register.register, value);
      else registers.setFpr(register.register, value);
    }
    registers.setGpr(STACK_POINTER, callers);
    if (link !== undefined) registers.lr = link;
    registers.pc = BigInt(code.start);
  };
}

function restartOfContext(debuggee: Debuggee, frame: SpuFrame): Restart | undefined {
  const { machine } = debuggee;
  const { context, stackPointer } = frame;
  const read = (address: number, bytes: number): Uint8Array => machine.readLocalStore(context, address, bytes);
  const code = codeUpTo(debuggee, frame, read);
  if (!code) return undefined;
  const shape = frameShape(code.words, spuFrameWork);
  const callers = shape.allocated ? word(read(stackPointer, INSTRUCTION)) : stackPointer;
  if (callers === undefined) return undefined;
  const kept = keptRegisters(code.words, { frameWork: spuFrameWork, keeps: spuKeeps, isBranch: isSpuBranch });
  return () => {
    const { registers } = machine.spe(context);
    for (const register of kept) {
      const value = quadword(read(keptAt(register, stackPointer, callers), QUADWORD));
      if (value !== undefined) registers.set(register.register, value);
    }
    const link = shape.saved ? quadword(read(callers + RETURN_ADDRESS_AT, QUADWORD)) : undefined;
    if (link !== undefined) registers.set(SPU_LINK, link);
    const back = shape.allocated ? quadword(read(stackPointer, QUADWORD)) : undefined;
    if (back !== undefined) registers.set(STACK_POINTER, back);
    setSpuPc(machine, context, code.start);
  };
}

/** The instructions from the function's beginning up to the frame's, where both are known. */
function codeUpTo(debuggee: Debuggee, frame: UserFrame | SpuFrame, read: (address: number, bytes: number) => Uint8Array): { readonly start: number; readonly words: number[] } | undefined {
  const start = unitOfFrame(debuggee, frame)?.symbols.functionAt(frame.pc)?.address;
  if (start === undefined || frame.pc - start > MOST_BYTES) return undefined;
  const bytes = read(start, frame.pc - start);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return bytes.length < frame.pc - start ? undefined : { start, words: Array.from({ length: bytes.length / INSTRUCTION }, (_, i) => view.getUint32(i * INSTRUCTION)) };
}

function keptAt({ offset, inOwnFrame }: KeptRegister, own: number, callers: number): number {
  return (inOwnFrame ? own : callers) + offset;
}

function doubleword(bytes: Uint8Array): bigint | undefined {
  return bytes.length < 8 ? undefined : new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
}

function word(bytes: Uint8Array): number | undefined {
  return bytes.length < INSTRUCTION ? undefined : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
}

function quadword(bytes: Uint8Array): bigint | undefined {
  if (bytes.length < QUADWORD) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return (view.getBigUint64(0) << 64n) | view.getBigUint64(8);
}
