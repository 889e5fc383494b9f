/** How floating-point operations are put together: the plain and the record form, the quick way and the helper. */
import { f64, type I32, i32, type I64, select } from '../../engine/expr.ts';
import type { I64Cell } from '../../engine/builder.ts';
import type { Encoding } from '../../engine/isa.ts';
import { unsignedBits } from '../bits.ts';
import type { PpcBuilder } from '../builder.ts';
import { RC } from '../encodings.ts';
import { PPE_EXIT } from '../exits.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { dot, sentence } from '../variants.ts';
import { FPSCR, RESULT_SHIFT } from './fpscr.ts';
import { type OperationName, operationNumber } from './operations.ts';
import type { Ordinary } from './ordinary.ts';

/** Those that the operand specification names. */
export interface FloatOperands {
  readonly frt: I64Cell;
  readonly fra: I64;
  readonly frb: I64;
  readonly frc: I64;
}

/** What a floating-point instruction does when an enabled exception interrupts it: all but its next address is set. */
export function interruptProgram(b: PpcBuilder, interrupts: I32, record: boolean): void {
  b.if(interrupts, () => {
    if (record) b.recordFloat();
    b.exit(PPE_EXIT.floatException);
  });
}

/** The form without and the one with a record bit, which copies FPSCR's summary to CR1. */
export function floatForms(
  mnemonic: string,
  encoding: (record: number) => Encoding,
  operands: string,
  doc: string,
  meaning: (operands: FloatOperands, b: PpcBuilder, record: boolean) => void,
): PpcInstruction[] {
  return [false, true].map((record) => insn<string>(mnemonic + dot(record), encoding(record ? RC : 0), operands, sentence(doc, false, record, 'CR1'), (o, b) => {
    meaning(o, b, record);
    if (record) b.recordFloat();
  }));
}

export interface Operation {
  readonly name: OperationName;
  readonly record: boolean;
}

/** Does an operation with the helper. */
export function callHelper(b: PpcBuilder, { name, record }: Operation): void {
  const register = (field: string, shift: number): I32 => b.constant8(field, (word) => unsignedBits(word, shift, 5));
  const interrupts = b.call('floatArithmetic', operationNumber(name), register('numberOfT', 21), register('numberOfA', 16), register('numberOfB', 11), register('numberOfC', 6));
  interruptProgram(b, interrupts, record);
}

/** An integer result; FPRF stays. */
export interface OrdinaryInteger extends Omit<Ordinary, 'result'> {
  readonly result: I64;
}

/** Sets the target to a number that was rounded to nearest; the helper works where that does not hold. */
export function operate(b: PpcBuilder, operation: Operation, target: I64Cell, { result, ...how }: Ordinary): void {
  const bits = b.let(result.asI64());
  const sign = bits.shrU(63).toI32();
  // FPRF: a zero, or a normal number (Book I, figure 33).
  const resultClass = select(result.eq(f64(0)), sign.shl(4).or(2), i32(4).shl(sign));
  write(b, operation, FPSCR.rounding, { ...how, target, bits, kept: ~FPSCR.result, set: resultClass.shl(RESULT_SHIFT) });
}

/** Sets the target to an integer; `modes`: the bits of FPSCR[RN] that have to be 0. */
export function operateInteger(b: PpcBuilder, operation: Operation, target: I64Cell, modes: number, { result, ...how }: OrdinaryInteger): void {
  write(b, operation, modes, { ...how, target, bits: result, kept: -1, set: i32(0) });
}

interface Outcome extends Omit<Ordinary, 'result'> {
  readonly target: I64Cell;
  readonly bits: I64;
  /** Bits of FPSCR that stay, and those that are set, besides what tells of rounding. */
  readonly kept: number;
  readonly set: I32;
}

function write(b: PpcBuilder, operation: Operation, modes: number, { target, bits, inexact, up, holds, kept, set }: Outcome): void {
  const before = b.let(b.fpscr);
  b.if(holds.and(before.and(modes | FPSCR.enableInexact | FPSCR.fex).eqz()), () => {
    const isNew = before.and(FPSCR.inexact).eqz();
    const rounding = i32(FPSCR.fractionInexact | FPSCR.inexact).or(up.shl(18)).or(isNew.shl(31));
    b.fpscr.set(before.and(kept & ~(FPSCR.roundedUp | FPSCR.fractionInexact)).or(set).or(select(inexact, rounding, i32(0))));
    target.set(bits);
  }, () => { callHelper(b, operation); });
}
