/** The floating-point operations that a helper does: numbers for the instructions, and what each computes. */
import { add, divide, multiply, multiplyAdd, squareRoot, toSingle } from './soft/arithmetic.ts';
import { fromInteger, toInteger } from './soft/convert.ts';
import { reciprocal, reciprocalRoot } from './soft/estimate.ts';
import { unpack } from './soft/number.ts';
import { DOUBLE, type Precision, ROUND, type Rounded, type Rounding, SINGLE } from './soft/round.ts';

const SIGN = 1n << 63n;

type Compute = (a: bigint, b: bigint, c: bigint, precision: Precision, rounding: Rounding) => Rounded;

/** The negative, but a NaN stays as it is. */
const opposite = (bits: bigint): bigint => (unpack(bits).kind === 'nan' ? bits : bits ^ SIGN);
const OPPOSITE_MODE: Readonly<Record<number, number>> = { [ROUND.up]: ROUND.down, [ROUND.down]: ROUND.up };

/** -(a * c + b), rounded as the vectors have it: after the negation (Book I, section 4.6.5.2, rounds before). */
function negatedSum(a: bigint, c: bigint, b: bigint, precision: Precision, rounding: Rounding): Rounded {
  const exact = multiplyAdd(a, c, b, precision, rounding);
  // The sign of a sum that is exactly 0 is that of the mode itself.
  if (unpack(exact.bits).kind === 'zero' && exact.how === 0) return { ...exact, bits: opposite(exact.bits) };
  const { bits, how, raised } = multiplyAdd(a, c, b, precision, { ...rounding, mode: OPPOSITE_MODE[rounding.mode] ?? rounding.mode });
  return { bits: opposite(bits), how, raised };
}

/** Operations on FRA, FRB and FRC that have a single and a double form. */
const ARITHMETIC = {
  fadd: (a, b, _, p, rounding) => add(a, b, p, rounding),
  fsub: (a, b, _, p, rounding) => add(a, opposite(b), p, rounding),
  fmul: (a, _, c, p, rounding) => multiply(a, c, p, rounding),
  fdiv: (a, b, _, p, rounding) => divide(a, b, p, rounding),
  fsqrt: (_a, b, _c, p, rounding) => squareRoot(b, p, rounding),
  fmadd: (a, b, c, p, rounding) => multiplyAdd(a, c, b, p, rounding),
  fmsub: (a, b, c, p, rounding) => multiplyAdd(a, c, opposite(b), p, rounding),
  fnmadd: (a, b, c, p, rounding) => negatedSum(a, c, b, p, rounding),
  fnmsub: (a, b, c, p, rounding) => negatedSum(a, c, opposite(b), p, rounding),
} satisfies Record<string, Compute>;

/** Conversions of FRB. */
const CONVERSION = {
  frsp: (_a, b, _c, _p, rounding) => toSingle(b, rounding),
  fcfid: (_a, b, _c, _p, rounding) => fromInteger(b, rounding),
  fctid: (_a, b, _c, _p, { mode }) => toInteger(b, 64, mode),
  fctidz: (_a, b) => toInteger(b, 64, ROUND.towardZero),
  fctiw: (_a, b, _c, _p, { mode }) => toInteger(b, 32, mode),
  fctiwz: (_a, b) => toInteger(b, 32, ROUND.towardZero),
} satisfies Record<string, Compute>;

const ESTIMATE = {
  fres: (_a, b) => reciprocal(b),
  frsqrte: (_a, b) => reciprocalRoot(b),
} satisfies Record<string, Compute>;

export type ArithmeticName = keyof typeof ARITHMETIC;
export type ConversionName = keyof typeof CONVERSION;
export type OperationName = ArithmeticName | `${ArithmeticName}s` | ConversionName | keyof typeof ESTIMATE;

export interface Operation {
  readonly name: OperationName;
  readonly compute: (a: bigint, b: bigint, c: bigint, rounding: Rounding) => Rounded;
  /** The result is an integer: FPRF keeps what it says. */
  readonly isInteger: boolean;
  readonly isSingle: boolean;
}

/** By the number that the instruction gives to the helper. */
export const OPERATIONS: readonly Operation[] = [
  ...entries<ArithmeticName>(ARITHMETIC).flatMap(([name, compute]): Operation[] => [
    { name, compute: (a, b, c, rounding) => compute(a, b, c, DOUBLE, rounding), isInteger: false, isSingle: false },
    { name: `${name}s`, compute: (a, b, c, rounding) => compute(a, b, c, SINGLE, rounding), isInteger: false, isSingle: true },
  ]),
  ...entries<ConversionName>(CONVERSION).map(([name, compute]): Operation => ({
    name, compute: (a, b, c, rounding) => compute(a, b, c, DOUBLE, rounding), isInteger: name.startsWith('fcti'), isSingle: name === 'frsp',
  })),
  ...entries<keyof typeof ESTIMATE>(ESTIMATE).map(([name, compute]): Operation => ({
    name, compute: (a, b, c, rounding) => compute(a, b, c, DOUBLE, rounding), isInteger: false, isSingle: name === 'fres',
  })),
];

export function operationNumber(name: OperationName): number {
  return OPERATIONS.findIndex((operation) => operation.name === name);
}

function entries<K extends string>(record: Readonly<Record<K, Compute>>): [K, Compute][] {
  return Object.entries(record) as [K, Compute][];
}
