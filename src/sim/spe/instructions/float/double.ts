/**
 * Double precision (SPU ISA 1.2, chapter 9). Where both slices round to nearest and no operand
 * is near the ends of the exponents, the host's arithmetic gives the results, and what its
 * rounding takes off tells whether they are inexact; the helper does the rest.
 */
import type { SpuBuilder } from '../../builder.ts';
import { rr } from '../../encodings.ts';
import { type DoubleOperation, doubleOperationNumber } from '../../float/doubleHelper.ts';
import { DOUBLE_FLAGS, FPSCR_BITS, ROUNDING } from '../../float/fpscr.ts';
import { insn, type SpuInstruction } from '../../instruction.ts';
import { F64X2, I64X2 } from '../../../engine/lanes.ts';
import type { V128Cell } from '../../../engine/builder.ts';
import { type V128, i32, v128 } from '../../../engine/expr.ts';
import { doubles, doublewords, exactSum, singles } from './lanes.ts';

interface Bounds {
  readonly above: number;
  readonly below: number;
}
/** Far from overflow, and with last bits of products far from underflow. */
const MODERATE: Bounds = { above: 2 ** -400, below: 2 ** 400 };
/** Singles that are not denormal, and do not overflow when they are rounded. */
const SINGLE: Bounds = { above: 2 ** -126, below: 2 ** 127 };
/** Splits a double into two of 26 bits (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;
const WORD_0 = 3;
/** Both left words in the lower lanes, twice; and from the lower lanes to there, beside zeros of the upper ones. */
const LEFT_WORDS = [4, 5, 6, 7, 12, 13, 14, 15, 4, 5, 6, 7, 12, 13, 14, 15];
const TO_LEFT_WORDS = [8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7];

const sign = doublewords(-0x8000_0000_0000_0000n);
const negated = (value: V128): V128 => value.xor(sign);

/** Words of a register from their four values, in guest order. */
function register(values: readonly number[]): V128 {
  return v128(values.toReversed().flatMap((word) => [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff, word >>> 24]));
}

/** The inexact flags of both slices. */
const INEXACT = register([0, DOUBLE_FLAGS.inexact, DOUBLE_FLAGS.inexact, 0]);

interface Result {
  readonly value: V128;
  /** Where it is not exact. */
  readonly inexact: V128;
}

/** Where a magnitude is within bounds, or zero. */
function isWithin(b: SpuBuilder, value: V128, { above, below }: Bounds): V128 {
  const magnitude = b.let(value.andNot(sign));
  return magnitude.simd(I64X2.gtS, doubles(above)).and(magnitude.simd(I64X2.ltS, doubles(below)))
    .or(magnitude.simd(I64X2.eq, doublewords(0n)));
}

const wasRounded = (lost: V128): V128 => lost.simd(F64X2.ne, doubles(0));

function sum(b: SpuBuilder, x: V128, y: V128): Result {
  const { sum: value, lost } = exactSum(b, x, y);
  return { value, inexact: wasRounded(lost) };
}

/** The rounded product, and what rounding took off it (Dekker). */
function exactProduct(b: SpuBuilder, x: V128, y: V128): { product: V128; lost: V128 } {
  const product = b.let(x.simd(F64X2.mul, y));
  const [upperX, lowerX] = halves(b, x);
  const [upperY, lowerY] = halves(b, y);
  const lost = upperX.simd(F64X2.mul, upperY).simd(F64X2.sub, product)
    .simd(F64X2.add, upperX.simd(F64X2.mul, lowerY))
    .simd(F64X2.add, lowerX.simd(F64X2.mul, upperY))
    .simd(F64X2.add, lowerX.simd(F64X2.mul, lowerY));
  return { product, lost: b.let(lost) };
}

function halves(b: SpuBuilder, x: V128): readonly [upper: V128, lower: V128] {
  const scaled = b.let(x.simd(F64X2.mul, doubles(SPLITTER)));
  const upper = b.let(scaled.simd(F64X2.sub, scaled.simd(F64X2.sub, x)));
  return [upper, b.let(x.simd(F64X2.sub, upper))];
}

function product(b: SpuBuilder, x: V128, y: V128): Result {
  const { product: value, lost } = exactProduct(b, x, y);
  return { value, inexact: wasRounded(lost) };
}

/** x * y + z, rounded once: the small parts are added with rounding to odd (Boldo and Melquiond 2008). */
function productSum(b: SpuBuilder, x: V128, y: V128, z: V128): Result {
  const { product: large, lost: small } = exactProduct(b, x, y);
  const lower = exactSum(b, z, small);
  const upper = exactSum(b, large, lower.sum);
  const rest = exactSum(b, lower.lost, upper.lost);
  const odd = b.let(toOdd(rest.sum, rest.lost));
  const result = exactSum(b, upper.sum, odd);
  // The sign of a zero is that of the two last operands alone: then they are exact.
  const value = large.simd(F64X2.add, z).bitSelect(result.sum, result.sum.simd(F64X2.eq, doubles(0)));
  return { value, inexact: wasRounded(rest.lost).or(wasRounded(result.lost)) };
}

/** Of the two doubles around an inexact sum, the one with an odd last bit. */
function toOdd(value: V128, lost: V128): V128 {
  const isEven = value.and(doublewords(1n)).simd(I64X2.eq, doublewords(0n));
  // Away from zero where the rest has the sign of the sum: 1, or else -1.
  const step = value.xor(lost).simd(I64X2.shrS, i32(63)).or(doublewords(1n));
  return value.simd(I64X2.add, step.and(isEven).and(wasRounded(lost)));
}

function callHelper(b: SpuBuilder, operation: DoubleOperation): void {
  b.call('double', doubleOperationNumber(operation), b.registerNumber('rt', 0), b.registerNumber('ra', 7), b.registerNumber('rb', 14));
}

interface Parts {
  readonly operands: readonly V128[];
  readonly target: V128Cell;
  readonly compute: (b: SpuBuilder, ...operands: V128[]) => Result;
  readonly negate?: boolean;
}

function compute(b: SpuBuilder, operation: DoubleOperation, { operands, target, compute: inHost, negate }: Parts): void {
  const read = operands.map((operand) => b.let(operand));
  const areModerate = read.map((value) => isWithin(b, value, MODERATE)).reduce((all, mask) => all.and(mask));
  const { value, inexact } = inHost(b, ...read);
  ifInHost(b, operation, areModerate, inexact, () => { target.set(negate ? negated(value) : value); });
}

function ifInHost(b: SpuBuilder, operation: DoubleOperation, isSafe: V128, inexact: V128, write: () => void): void {
  b.if(
    isSafe.simdTest(I64X2.allTrue).and(b.fpscr.lane32(WORD_0).and(ROUNDING.both).eqz()),
    () => {
      b.fpscr.set(b.fpscr.or(inexact.and(INEXACT)));
      write();
    },
    () => { callHelper(b, operation); },
  );
}

/** Singles that are the same to IEEE 754 become doubles in the host. */
function extend(b: SpuBuilder, from: V128, target: V128Cell): void {
  const left = b.let(from.shuffle(from, LEFT_WORDS));
  const { differ } = singles(b, left);
  b.if(differ.anyTrue(), () => { callHelper(b, 'fesd'); }, () => { target.set(left.simd(F64X2.promote)); });
}

function roundToSingle(b: SpuBuilder, from: V128, target: V128Cell): void {
  const rounded = b.let(from.simd(F64X2.demote));
  const inexact = rounded.simd(F64X2.promote).simd(F64X2.ne, from);
  ifInHost(b, 'frds', isWithin(b, from, SINGLE), inexact, () => { target.set(rounded.shuffle(rounded, TO_LEFT_WORDS)); });
}

export const DOUBLE: readonly SpuInstruction[] = [
  insn('dfa', rr(0x2cc), 'rt ra rb', 'Adds doubles.', ({ rt, ra, rb }, b) => {
    compute(b, 'dfa', { operands: [ra, rb], target: rt, compute: sum });
  }),
  insn('dfs', rr(0x2cd), 'rt ra rb', 'Subtracts doubles of rb from doubles of ra.', ({ rt, ra, rb }, b) => {
    compute(b, 'dfs', { operands: [ra, negated(rb)], target: rt, compute: sum });
  }),
  insn('dfm', rr(0x2ce), 'rt ra rb', 'Multiplies doubles.', ({ rt, ra, rb }, b) => {
    compute(b, 'dfm', { operands: [ra, rb], target: rt, compute: product });
  }),
  insn('dfma', rr(0x35c), 'rt ra rb', 'Multiplies doubles and adds rt.', ({ rt, ra, rb }, b) => {
    compute(b, 'dfma', { operands: [ra, rb, rt], target: rt, compute: productSum });
  }),
  insn('dfms', rr(0x35d), 'rt ra rb', 'Multiplies doubles and subtracts rt.', ({ rt, ra, rb }, b) => {
    compute(b, 'dfms', { operands: [ra, rb, negated(rt)], target: rt, compute: productSum });
  }),
  insn('dfnms', rr(0x35e), 'rt ra rb', 'Subtracts the product of doubles from rt.', ({ rt, ra, rb }, b) => {
    compute(b, 'dfnms', { operands: [ra, rb, negated(rt)], target: rt, compute: productSum, negate: true });
  }),
  insn('dfnma', rr(0x35f), 'rt ra rb', 'Multiplies doubles, adds rt and negates.', ({ rt, ra, rb }, b) => {
    compute(b, 'dfnma', { operands: [ra, rb, rt], target: rt, compute: productSum, negate: true });
  }),
  insn('fesd', rr(0x3b8), 'rt ra', 'Extends the left single of every doubleword to a double.', ({ rt, ra }, b) => { extend(b, ra, rt); }),
  insn('frds', rr(0x3b9), 'rt ra', 'Rounds doubles to singles in the left word of every doubleword.', ({ rt, ra }, b) => {
    roundToSingle(b, b.let(ra), rt);
  }),
  insn('fscrrd', rr(0x398), 'rt', 'Reads the floating-point status and control register.', ({ rt }, b) => { rt.set(b.fpscr); }),
  insn('fscrwr', rr(0x3ba), 'rt ra', 'Writes the floating-point status and control register.', ({ ra }, b) => {
    b.fpscr.set(ra.and(register(FPSCR_BITS)));
  }),
];
