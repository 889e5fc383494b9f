/** Makes instruction words. */
import type { OperandKind } from '../../engine/isa.ts';
import type { InstructionSetName } from '../program.ts';
import { describedCode } from './descriptor.ts';
import { StatementError } from './error.ts';
import { absolute, evaluate, type Lookup, type Value } from './evaluate.ts';
import type { Candidate, OperandValue } from './object.ts';
import { OPERAND_TITLES } from './registers.ts';
import type { TableEntry, TableOperand } from './table.ts';

export interface EncodeContext {
  readonly isa: InstructionSetName;
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

function encodeInstruction({ entry, operands, hint }: Candidate, context: EncodeContext): number {
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
  return (hint ? hinted(word, hint, entry) : word) >>> 0;
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
  for (const candidate of spellings(value, result, context.isa)) {
    const bits = field.encode(candidate);
    if (bits !== undefined) return { value: candidate, bits };
  }
  const range = `it must be ${field.range}`;
  const message =
    field.kind === 'target' && !field.absolute
      ? `The target of "${entry.mnemonic}" is ${String(value)} bytes from here; ${range}.`
      : `This operand of "${entry.mnemonic}" is ${String(value)}; ${range}.`;
  throw new StatementError(message, written.offset);
}

/** The numbers that mean the same: `@l` parts are signed or unsigned, SPU numbers have 32 bits. */
function spellings(value: number, { halfword }: Value, isa: InstructionSetName): readonly number[] {
  if (halfword && value > 0x7fff) return [value, value - 0x10000];
  if (isa === 'spu' && value > 0x7fffffff && value <= 0xffffffff) return [value, value - 2 ** 32];
  return [value];
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

/** BO: bits 21 to 25 of the word, counted from the least significant. */
const BO_SHIFT = 21;

/**
 * Sets the "at" bits of BO: 0b11 likely taken, 0b10 likely not (PowerPC architecture 2.02, book I,
 * 2.4.1, figure 21).
 */
function hinted(word: number, hint: '+' | '-', entry: TableEntry): number {
  const bo = word >>> BO_SHIFT;
  const taken = hint === '+' ? 1 : 0;
  const major = word >>> 26;
  const conditional = major === 16 || major === 19;
  if (conditional && (bo & 0b10100) === 0b00100) return word | ((0b10 | taken) << BO_SHIFT);
  if (conditional && (bo & 0b10100) === 0b10000) return word | ((0b01000 | taken) << BO_SHIFT);
  throw new StatementError(`"${entry.mnemonic}" takes no hint: write it without "${hint}".`);
}
