/**
 * Floating-point arithmetic and conversion (Book I, sections 4.6.5 and 4.6.6). A helper
 * computes them exactly and keeps FPSCR; the two estimates are known by name only.
 */
import { select } from '../../engine/expr.ts';
import type { Encoding } from '../../engine/isa.ts';
import { unsignedBits } from '../bits.ts';
import type { PpcBuilder } from '../builder.ts';
import { a, RC, xWith } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { dot, sentence } from '../variants.ts';
import { type ArithmeticName, type ConversionName, type OperationName, operationNumber } from './operations.ts';

const DOUBLE = 63;
const SINGLE = 59;
const EXPONENT_OF_INFINITY = 0x7ff0n << 48n;

function forms(mnemonic: string, encoding: (record: number) => Encoding, operands: string, doc: string, meaning?: (b: PpcBuilder) => void): PpcInstruction[] {
  return [false, true].map((record) => {
    const entry = [mnemonic + dot(record), encoding(record ? RC : 0), operands, sentence(doc, false, record, 'CR1')] as const;
    return meaning ? insn<string>(...entry, (_, b) => {
      meaning(b);
      if (record) b.recordFloat();
    }) : insn<string>(...entry);
  });
}

function callHelper(b: PpcBuilder, name: OperationName): void {
  const register = (field: string, shift: number): ReturnType<PpcBuilder['constant8']> => b.constant8(field, (word) => unsignedBits(word, shift, 5));
  b.call('floatArithmetic', operationNumber(name), register('frt', 21), register('fra', 16), register('frb', 11), register('frc', 6));
}

/** The double form, and the one that rounds to single. */
function arithmetic(mnemonic: ArithmeticName, number: number, operands: string, doc: string): PpcInstruction[] {
  return [
    ...forms(mnemonic, (rc) => a(DOUBLE, number, rc), operands, doc, (b) => { callHelper(b, mnemonic); }),
    ...forms(`${mnemonic}s`, (rc) => a(SINGLE, number, rc), operands, `${doc}, single`, (b) => { callHelper(b, `${mnemonic}s`); }),
  ];
}

function conversion(mnemonic: ConversionName, number: number, doc: string): PpcInstruction[] {
  return forms(mnemonic, (rc) => xWith(DOUBLE, number, rc), 'frt frb', doc, (b) => { callHelper(b, mnemonic); });
}

export const FLOAT_ARITHMETIC: readonly PpcInstruction[] = [
  ...arithmetic('fadd', 21, 'frt fra frb', 'Adds'),
  ...arithmetic('fsub', 20, 'frt fra frb', 'Subtracts'),
  ...arithmetic('fmul', 25, 'frt fra frc', 'Multiplies'),
  ...arithmetic('fdiv', 18, 'frt fra frb', 'Divides'),
  ...arithmetic('fsqrt', 22, 'frt frb', 'Square root'),
  ...arithmetic('fmadd', 29, 'frt fra frc frb', 'Multiplies and adds'),
  ...arithmetic('fmsub', 28, 'frt fra frc frb', 'Multiplies and subtracts'),
  ...arithmetic('fnmadd', 31, 'frt fra frc frb', 'Multiplies, adds and negates'),
  ...arithmetic('fnmsub', 30, 'frt fra frc frb', 'Multiplies, subtracts and negates'),
  ...forms('fres', (rc) => a(SINGLE, 24, rc), 'frt frb lEstimate', 'Estimates a reciprocal'),
  ...forms('frsqrte', (rc) => a(DOUBLE, 26, rc), 'frt frb lEstimate', 'Estimates a reciprocal square root'),
  ...[false, true].map((record) =>
    insn(`fsel${dot(record)}`, a(DOUBLE, 23, record ? RC : 0), 'frt fra frc frb', sentence('Selects frc where fra is at least 0, else frb', false, record, 'CR1'),
      ({ frt, fra, frb, frc }, b) => {
        // At least 0: no NaN, and not negative but for -0.
        const atLeastZero = fra.shl(1).eqz().or(fra.leU(EXPONENT_OF_INFINITY));
        frt.set(select(atLeastZero, frc, frb));
        if (record) b.recordFloat();
      })),
  ...conversion('frsp', 12, 'Rounds to single'),
  ...conversion('fctid', 814, 'Converts to a doubleword integer'),
  ...conversion('fctidz', 815, 'Converts to a doubleword integer, rounding toward zero'),
  ...conversion('fctiw', 14, 'Converts to a word integer'),
  ...conversion('fctiwz', 15, 'Converts to a word integer, rounding toward zero'),
  ...conversion('fcfid', 846, 'Converts from a doubleword integer'),
];
