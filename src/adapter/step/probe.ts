/** Where a thread stands in its code, and what its instructions are: the same questions for both processors. */
import type { SpuContext } from '../../sim/kernel/spufs/state.ts';
import type { Task } from '../../sim/kernel/state.ts';
import { SIGNAL_TRAMPOLINE } from '../../sim/kernel/task/vdso.ts';
import type { CodeUnit } from '../code/codeUnit.ts';
import { isPpcCall, isPpcReturn, isSystemCall } from '../code/ppcCode.ts';
import { isSpuCall, spuFrameWork } from '../code/spuCode.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { spuFrames, spuPc } from '../stack/spuFrames.ts';
import { userFrames } from '../stack/userFrames.ts';

export interface Standing {
  readonly pc: number;
  readonly stackPointer: number;
  /** The instruction there, or undefined where it cannot be read. */
  readonly word: number | undefined;
  /** Grows with every instruction that the thread completes; undefined where nobody counts. */
  readonly completed: number | undefined;
}

export interface Probe {
  standing(): Standing;
  unit(): CodeUnit | undefined;
  /** Functions whose code an address is in, innermost first: inlined ones, then the one that has the code. Empty where no debug information tells. */
  functionsAt(pc: number): readonly object[];
  isCall(word: number): boolean;
  isReturn(word: number): boolean;
  /** Whether an instruction goes anywhere: it puts all registers back. */
  isReturnFromSignal(at: Standing): boolean;
  /** Where the current function goes on when it returns. */
  caller(): { readonly pc: number; readonly stackPointer: number; readonly isInterrupted: boolean } | undefined;
}

const INSTRUCTION = 4;
/** The handler, the trampoline, and what the signal interrupted. */
const FRAMES_TO_CALLER = 3;
const STACK_POINTER = 1;

export function taskProbe({ machine, code }: Debuggee, task: Task): Probe {
  return {
    standing: () => {
      const registers = machine.registers(task);
      const pc = Number(registers.pc);
      return { pc, stackPointer: Number(registers.gpr(STACK_POINTER)), word: wordOf(machine.peek(task, pc, INSTRUCTION)), completed: task.userCycles };
    },
    unit: () => code.ppe,
    functionsAt: (pc) => code.ppe.debug?.functions.at(pc).map(({ entry }) => entry) ?? [],
    isCall: isPpcCall,
    isReturn: isPpcReturn,
    isReturnFromSignal: ({ pc, word }) => word !== undefined && isSystemCall(word) && pc === SIGNAL_TRAMPOLINE + 2 * INSTRUCTION,
    caller: () => userFrames(machine, code.ppe, task, FRAMES_TO_CALLER).slice(1).find(({ isSignal }) => !isSignal),
  };
}

export function contextProbe({ machine, images }: Debuggee, context: SpuContext): Probe {
  return {
    standing: () => {
      const pc = spuPc(machine, context);
      return {
        pc, stackPointer: machine.spe(context).registers.word(STACK_POINTER, 0),
        word: wordOf(machine.readLocalStore(context, pc, INSTRUCTION)), completed: undefined,
      };
    },
    unit: () => images.imageOf(context),
    functionsAt: () => [],
    isCall: isSpuCall,
    isReturn: (word) => spuFrameWork(word) === 'returns',
    isReturnFromSignal: () => false,
    caller: () => {
      const [, caller] = spuFrames(machine, images.imageOf(context), context, 2);
      return caller && { ...caller, isInterrupted: false };
    },
  };
}

function wordOf(bytes: Uint8Array): number | undefined {
  return bytes.length < INSTRUCTION ? undefined : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
}
