/** Floating-point arithmetic, conversion and comparison (Book I, sections 4.6.5 to 4.6.7): known by name. */
import { a, RC, x, xWith } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { dot, sentence } from '../variants.ts';

const DOUBLE = 63;
const SINGLE = 59;

function records(make: (suffix: string, record: number) => PpcInstruction): PpcInstruction[] {
  return [make('', 0), make(dot(true), RC)];
}

/** The double form, and the one that rounds to single. */
function both(mnemonic: string, number: number, operands: string, doc: string): PpcInstruction[] {
  return [...one(mnemonic, DOUBLE, number, operands, doc), ...one(`${mnemonic}s`, SINGLE, number, operands, `${doc}, single`)];
}

function one(mnemonic: string, opcode: number, number: number, operands: string, doc: string): PpcInstruction[] {
  return records((suffix, rc) => insn(mnemonic + suffix, a(opcode, number, rc), operands, sentence(doc, false, rc !== 0, 'CR1')));
}

function convert(mnemonic: string, number: number, doc: string): PpcInstruction[] {
  return records((suffix, rc) => insn(mnemonic + suffix, xWith(DOUBLE, number, rc), 'frt frb', sentence(doc, false, rc !== 0, 'CR1')));
}

export const FLOAT_ARITHMETIC: readonly PpcInstruction[] = [
  ...both('fadd', 21, 'frt fra frb', 'Adds'),
  ...both('fsub', 20, 'frt fra frb', 'Subtracts'),
  ...both('fmul', 25, 'frt fra frc', 'Multiplies'),
  ...both('fdiv', 18, 'frt fra frb', 'Divides'),
  ...both('fsqrt', 22, 'frt frb', 'Square root'),
  ...both('fmadd', 29, 'frt fra frc frb', 'Multiplies and adds'),
  ...both('fmsub', 28, 'frt fra frc frb', 'Multiplies and subtracts'),
  ...both('fnmadd', 31, 'frt fra frc frb', 'Multiplies, adds and negates'),
  ...both('fnmsub', 30, 'frt fra frc frb', 'Multiplies, subtracts and negates'),
  ...one('fres', SINGLE, 24, 'frt frb', 'Estimates a reciprocal'),
  ...one('frsqrte', DOUBLE, 26, 'frt frb', 'Estimates a reciprocal square root'),
  ...one('fsel', DOUBLE, 23, 'frt fra frc frb', 'Selects frc where fra is at least 0, else frb'),
  ...convert('frsp', 12, 'Rounds to single'),
  ...convert('fctid', 814, 'Converts to a doubleword integer'),
  ...convert('fctidz', 815, 'Converts to a doubleword integer, rounding toward zero'),
  ...convert('fctiw', 14, 'Converts to a word integer'),
  ...convert('fctiwz', 15, 'Converts to a word integer, rounding toward zero'),
  ...convert('fcfid', 846, 'Converts from a doubleword integer'),
  insn('fcmpu', x(DOUBLE, 0), 'bft fra frb', 'Compares; NaNs are unordered.'),
  insn('fcmpo', x(DOUBLE, 32), 'bft fra frb', 'Compares; NaNs are unordered and invalid.'),
];
