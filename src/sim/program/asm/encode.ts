/** Makes instruction words. */
import type { OperandKind } from '../../engine/isa.ts';
import { describedCode } from './descriptor.ts';
import { StatementError } from './error.ts';
import { absolute, evaluate, type Lookup, type Value } from './evaluate.ts';
import type { Candidate, OperandValue } from './object.ts';
import { OPERAND_TITLES } from './registers.ts';
import type { TableEntry, TableOperand } from './table.ts';

export interface EncodeContext {
  /** Address of the instruction. */
  readonly pc: number;
  readonly lookup: Lookup;
  /** What a plain number is as a relative target. GNU as takes it for the distance; disassemblers print addresses. */
  readonly plainTarget: 'distance' | 'address';
}

/** The word of the first candidate whose operands all fit; throws the first one's `StatementError`. */
export function encodeCandidates(candidates: readonly Candidate[], context: EncodeContext): number {
  let mistake: StatementError | undefined;
  for (const candidate of candidates) {
    try {
      return encodeInstruction(candidate, context);
    } catch (error) {
      if (!(error instanceof StatementError)) throw error;
      mistake ??= error;
    }
  }
  throw mistake ?? new StatementError('No form of this instruction suits these operands.');
}

function encodeInstruction({ entry, operands }: Candidate, context: EncodeContext): number {
  const values: number[] = [];
  let word = entry.encoding.match;
  operands.forEach((written, index) => {
    const operand = entry.operands[index];
    if (!operand) return;
    const { value, bits } = encodeOperand(operand, written, entry, context);
    values.push(value);
    if (!entry.combine) word |= bits;
  });
  if (entry.combine) {
    const bits = entry.combine(values);
    if (bits === undefined) throw new StatementError(`The numbers of "${entry.mnemonic}" do not go together: the field would leave the register.`);
    word |= bits;
  }
  const invalid = entry.invalid?.(word);
  if (invalid !== undefined) throw new StatementError(invalid, operands[0]?.offset ?? 0);
  return word >>> 0;
}

function encodeOperand(
  operand: TableOperand,
  written: OperandValue,
  entry: TableEntry,
  context: EncodeContext,
): { value: number; bits: number } {
  const { field } = operand;
  const result = evaluate(written.expression, context.lookup);
  const value = operandNumber(operand, result, written.offset, context);
  for (const candidate of spellings(value, result)) {
    const bits = field.encode(candidate);
    if (bits !== undefined) return { value: candidate, bits };
  }
  const range = `it must be ${field.range}`;
  const message =
    field.kind === 'target' && !field.absolute
      ? `The target of "${entry.mnemonic}" is ${String(value)} bytes from here; ${range}.`
      : `This operand of "${entry.mnemonic}" is ${String(value)}; ${range}.${result.section ? ' It is an address: take a part of it with @ha, @l and the like.' : ''}`;
  throw new StatementError(message, written.offset, { code: 'out-of-range', mnemonic: entry.mnemonic, value, isAddress: result.section !== undefined });
}

/** The numbers that mean the same: `@l` parts are signed or unsigned, and so are numbers of 32 bits, as GNU as has it. */
function spellings(value: number, { halfword }: Value): readonly number[] {
  if (halfword && value > 0x7fff) return [value, value - 0x10000];
  if (value > 0x7fffffff) return [value, value - 2 ** 32];
  return value < -0x7fffffff ? [value, value + 2 ** 32] : [value];
}

const NUMBERS: ReadonlySet<OperandKind> = new Set(['immediate', 'target']);

function operandNumber({ field }: TableOperand, result: Value, offset: number, { pc, plainTarget }: EncodeContext): number {
  if (NUMBERS.has(field.kind)) {
    if (result.register !== undefined) throw new StatementError(`"${result.register}" is a register; ${OPERAND_TITLES[field.kind]} must come here.`, offset);
    const number = Number(BigInt.asIntN(64, absolute(result, 'This operand')));
    if (field.kind !== 'target') return number;
    const target = result.section ? (describedCode(result.section, Number(result.value)) ?? number) : number;
    const isAddress = result.section !== undefined || plainTarget === 'address';
    return !field.absolute && isAddress ? target - pc : target;
  }
  if (result.section) throw new StatementError(`This operand is an address; ${OPERAND_TITLES[field.kind]} must come here.`, offset);
  return Number(result.value);
}
