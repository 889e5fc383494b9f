/** The floating-point operations that a helper does: numbers for the instructions, and what each computes. */
import { add, divide, multiply, multiplyAdd, squareRoot, toSingle } from './soft/arithmetic.ts';
import { fromInteger, toInteger } from './soft/convert.ts';
import { unpack } from './soft/number.ts';
import { DOUBLE, type Precision, ROUND, type Rounded, SINGLE } from './soft/round.ts';

const SIGN = 1n << 63n;

type Compute = (a: bigint, b: bigint, c: bigint, precision: Precision, mode: number) => Rounded;

/** The negative, but a NaN stays as it is. */
const opposite = (bits: bigint): bigint => (unpack(bits).kind === 'nan' ? bits : bits ^ SIGN);
const OPPOSITE_MODE: Readonly<Record<number, number>> = { [ROUND.up]: ROUND.down, [ROUND.down]: ROUND.up };

/** -(a * c + b), rounded as the vectors have it: after the negation (Book I, section 4.6.5.2, rounds before). */
function negatedSum(a: bigint, c: bigint, b: bigint, precision: Precision, mode: number): Rounded {
  const { bits, how, raised } = multiplyAdd(a, c, b, precision, OPPOSITE_MODE[mode] ?? mode);
  return { bits: opposite(bits), how, raised };
}

/** Operations on FRA, FRB and FRC that have a single and a double form. */
const ARITHMETIC = {
  fadd: (a, b, _, p, mode) => add(a, b, p, mode),
  fsub: (a, b, _, p, mode) => add(a, opposite(b), p, mode),
  fmul: (a, _, c, p, mode) => multiply(a, c, p, mode),
  fdiv: (a, b, _, p, mode) => divide(a, b, p, mode),
  fsqrt: (_a, b, _c, p, mode) => squareRoot(b, p, mode),
  fmadd: (a, b, c, p, mode) => multiplyAdd(a, c, b, p, mode),
  fmsub: (a, b, c, p, mode) => multiplyAdd(a, c, opposite(b), p, mode),
  fnmadd: (a, b, c, p, mode) => negatedSum(a, c, b, p, mode),
  fnmsub: (a, b, c, p, mode) => negatedSum(a, c, opposite(b), p, mode),
} satisfies Record<string, Compute>;

/** Conversions of FRB. */
const CONVERSION = {
  frsp: (_a, b, _c, _p, mode) => toSingle(b, mode),
  fcfid: (_a, b, _c, _p, mode) => fromInteger(b, mode),
  fctid: (_a, b, _c, _p, mode) => toInteger(b, 64, mode),
  fctidz: (_a, b) => toInteger(b, 64, ROUND.towardZero),
  fctiw: (_a, b, _c, _p, mode) => toInteger(b, 32, mode),
  fctiwz: (_a, b) => toInteger(b, 32, ROUND.towardZero),
} satisfies Record<string, Compute>;

export type ArithmeticName = keyof typeof ARITHMETIC;
export type ConversionName = keyof typeof CONVERSION;
export type OperationName = ArithmeticName | `${ArithmeticName}s` | ConversionName;

export interface Operation {
  readonly name: OperationName;
  readonly compute: (a: bigint, b: bigint, c: bigint, mode: number) => Rounded;
  /** The result is an integer: FPRF keeps what it says. */
  readonly isInteger: boolean;
  readonly isSingle: boolean;
}

/** By the number that the instruction gives to the helper. */
export const OPERATIONS: readonly Operation[] = [
  ...entries<ArithmeticName>(ARITHMETIC).flatMap(([name, compute]): Operation[] => [
    { name, compute: (a, b, c, mode) => compute(a, b, c, DOUBLE, mode), isInteger: false, isSingle: false },
    { name: `${name}s`, compute: (a, b, c, mode) => compute(a, b, c, SINGLE, mode), isInteger: false, isSingle: true },
  ]),
  ...entries<ConversionName>(CONVERSION).map(([name, compute]): Operation => ({
    name, compute: (a, b, c, mode) => compute(a, b, c, DOUBLE, mode), isInteger: name.startsWith('fcti'), isSingle: name === 'frsp',
  })),
];

export function operationNumber(name: OperationName): number {
  return OPERATIONS.findIndex((operation) => operation.name === name);
}

function entries<K extends string>(record: Readonly<Record<K, Compute>>): [K, Compute][] {
  return Object.entries(record) as [K, Compute][];
}
