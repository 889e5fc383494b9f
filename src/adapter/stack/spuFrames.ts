/** Frames of an SPU program: the back chain of the SPU ABI. */
import type { SpuContext } from '../../sim/kernel/spufs/state.ts';
import type { Machine } from '../../sim/machine.ts';
import { nextProgramCounter } from '../../sim/spe/run.ts';
import type { CodeUnit } from '../code/codeUnit.ts';
import { isSpuCall, spuFrameWork } from '../code/spuCode.ts';
import type { SpuFrame } from './frame.ts';
import { callerOf, isReturnAddress, type UnwindRules, type UnwoundFrame } from './unwind.ts';
import { MOST_FRAMES } from './userFrames.ts';

const LINK = 0;
const STACK_POINTER = 1;
const INTERRUPTS_ENABLED = 1;

/** Where a context stands, or stopped. */
export function spuPc(machine: Machine, context: SpuContext): number {
  return nextProgramCounter(machine.spe(context)) & ~INTERRUPTS_ENABLED;
}

/** Innermost first, up to a number of them. */
export function spuFrames(machine: Machine, unit: CodeUnit | undefined, context: SpuContext, most = MOST_FRAMES): SpuFrame[] {
  const rules: UnwindRules = {
    unit, addressBytes: 4, frameWork: spuFrameWork, isCall: isSpuCall, read: (address, bytes) => machine.readLocalStore(context, address, bytes),
  };
  const { registers } = machine.spe(context);
  const frames: SpuFrame[] = [];
  let frame: UnwoundFrame | undefined = {
    pc: spuPc(machine, context), stackPointer: registers.word(STACK_POINTER, 0), link: registers.word(LINK, 0), isInterrupted: true,
  };
  while (frame && frames.length < most) {
    const { pc, stackPointer } = frame;
    frames.push({ kind: 'spu', context, pc, stackPointer, isCurrent: frames.length === 0 });
    const caller = callerOf(frame, rules);
    frame = caller && isReturnAddress(caller.pc, rules) ? caller : undefined;
  }
  return frames;
}
