/** The caller of a frame by call frame information: exact also in leaf functions and without a back chain (DWARF 5, 6.4). */
import { OutOfBytes } from '../../sim/program/bigEndian.ts';
import type { FrameRow, RegisterRule } from '../../sim/program/dwarf/callFrames.ts';
import { computeNumber, NotKept } from '../../sim/program/dwarf/location.ts';
import { cfaOf, type CodeFrame, plainContext } from './context.ts';
import { type FrameRegisters, isPreserved, LINK_REGISTER, registerValue, STACK_POINTER } from './registers.ts';

export interface Caller {
  readonly pc: number;
  readonly stackPointer: number;
  readonly registers: FrameRegisters;
}

type Callee = Pick<CodeFrame, 'at' | 'debug' | 'registers' | 'memory'>;

/** `outermost` where the information says that nobody called; undefined where there is none. */
export function callerByFrameInfo(frame: Callee): Caller | 'outermost' | undefined {
  const row = frame.debug.callFrames.rowAt(frame.at);
  if (!row) return undefined;
  if (row.rules.get(row.returnAddress)?.kind === 'undefined') return 'outermost';
  try {
    const cfa = cfaOf(row, frame);
    if (cfa === undefined) return undefined;
    const registers = callerRegisters(row, cfa, frame);
    const pc = returnAddress(row, registers, frame);
    return pc === undefined ? undefined : { pc: Number(pc), stackPointer: Number(cfa), registers };
  } catch (error) {
    if (error instanceof NotKept || error instanceof OutOfBytes) return undefined;
    throw error;
  }
}

function returnAddress({ returnAddress: column }: FrameRow, registers: FrameRegisters, { memory, registers: own }: Callee): bigint | undefined {
  const found = registers.place(column);
  return found ? registerValue(column, registers, memory) : registerValue(LINK_REGISTER, own, memory);
}

function callerRegisters(row: FrameRow, cfa: bigint, callee: Callee): FrameRegisters {
  return {
    place: (number) => {
      const rule = row.rules.get(number);
      if (rule) return byRule(rule, cfa, callee, number);
      if (number === STACK_POINTER) return { kind: 'value', value: cfa };
      return isPreserved(number) ? callee.registers.place(number) : undefined;
    },
  };
}

function byRule(rule: RegisterRule, cfa: bigint, callee: Callee, number: number): ReturnType<FrameRegisters['place']> {
  switch (rule.kind) {
    case 'undefined': return undefined;
    case 'same': return callee.registers.place(number);
    case 'offset': return { kind: 'memory', address: Number(cfa) + rule.offset };
    case 'valueOffset': return { kind: 'value', value: cfa + BigInt(rule.offset) };
    case 'register': {
      const value = registerValue(rule.register, callee.registers, callee.memory);
      return value === undefined ? undefined : { kind: 'value', value };
    }
    case 'expression': return { kind: 'memory', address: Number(computeNumber(rule.expression, plainContext(callee), [cfa])) };
    case 'valueExpression': return { kind: 'value', value: computeNumber(rule.expression, plainContext(callee), [cfa]) };
  }
}
