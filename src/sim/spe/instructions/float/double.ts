/**
 * Double precision (SPU ISA 1.2, chapter 9). Where both slices round to nearest and nothing
 * is near the ends of the exponents, the host's arithmetic gives the results, and what its
 * rounding takes off tells whether they are inexact; the helper does the rest.
 */
import type { SpuBuilder } from '../../builder.ts';
import { rr } from '../../encodings.ts';
import { type DoubleOperation, doubleOperationNumber } from '../../float/doubleHelper.ts';
import { DOUBLE_FLAGS, FPSCR_BITS, ROUNDING } from '../../float/fpscr.ts';
import { insn, type SpuInstruction } from '../../instruction.ts';
import { F64X2, I64X2 } from '../../lanes.ts';
import { type I32, type V128, i32, v128 } from '../../../engine/expr.ts';
import { doubles, doublewords, exactSum } from './lanes.ts';

/** Doubles between these are far from overflow, and their products' last bits from underflow. */
const SMALL = 2 ** -400;
const LARGE = 2 ** 400;
/** Splits a double into two of 26 bits (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;
const WORD_0 = 3;

const sign = doublewords(-0x8000_0000_0000_0000n);
const negated = (value: V128): V128 => value.xor(sign);
const bitsOf = (value: number): V128 => doubles(value);

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

function isModerate(b: SpuBuilder, value: V128): V128 {
  const magnitude = b.let(value.andNot(sign));
  const isWithin = magnitude.simd(I64X2.gtS, bitsOf(SMALL)).and(magnitude.simd(I64X2.ltS, bitsOf(LARGE)));
  return isWithin.or(magnitude.simd(I64X2.eq, doublewords(0n)));
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
  return { value: result.sum, inexact: wasRounded(rest.lost).or(wasRounded(result.lost)) };
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

function roundsToNearest(b: SpuBuilder): I32 {
  return b.fpscr.lane32(WORD_0).and(ROUNDING.both).eqz();
}

interface Parts {
  readonly operands: readonly V128[];
  readonly set: (value: V128) => void;
  readonly compute: (b: SpuBuilder, ...operands: V128[]) => Result;
  readonly negate?: boolean;
}

/** A result of zero is the helper's: its sign is a matter of its own. */
function compute(b: SpuBuilder, operation: DoubleOperation, { operands, set, compute: inHost, negate }: Parts): void {
  const read = operands.map((operand) => b.let(operand));
  const areModerate = read.map((value) => isModerate(b, value)).reduce((all, mask) => all.and(mask));
  const { value, inexact } = inHost(b, ...read);
  const isNonzero = value.simd(F64X2.ne, doubles(0));
  b.if(
    areModerate.and(isNonzero).simdTest(I64X2.allTrue).and(roundsToNearest(b)),
    () => {
      b.fpscr.set(b.fpscr.or(inexact.and(INEXACT)));
      set(negate ? negated(value) : value);
    },
    () => { callHelper(b, operation); },
  );
}

export const DOUBLE: readonly SpuInstruction[] = [
  insn('dfa', rr(0x2cc), 'rt ra rb', 'Adds doubles.', ({ rt, ra, rb }, b) => {
    compute(b, 'dfa', { operands: [ra, rb], set: rt.set, compute: sum });
  }),
  insn('dfs', rr(0x2cd), 'rt ra rb', 'Subtracts doubles of rb from doubles of ra.', ({ rt, ra, rb }, b) => {
    compute(b, 'dfs', { operands: [ra, negated(rb)], set: rt.set, compute: sum });
  }),
  insn('dfm', rr(0x2ce), 'rt ra rb', 'Multiplies doubles.', ({ rt, ra, rb }, b) => {
    compute(b, 'dfm', { operands: [ra, rb], set: rt.set, compute: product });
  }),
  insn('dfma', rr(0x35c), 'rt ra rb', 'Multiplies doubles and adds rt.', ({ rt, ra, rb }, b) => {
    compute(b, 'dfma', { operands: [ra, rb, rt], set: rt.set, compute: productSum });
  }),
  insn('dfms', rr(0x35d), 'rt ra rb', 'Multiplies doubles and subtracts rt.', ({ rt, ra, rb }, b) => {
    compute(b, 'dfms', { operands: [ra, rb, negated(rt)], set: rt.set, compute: productSum });
  }),
  insn('dfnms', rr(0x35e), 'rt ra rb', 'Subtracts the product of doubles from rt.', ({ rt, ra, rb }, b) => {
    compute(b, 'dfnms', { operands: [ra, rb, negated(rt)], set: rt.set, compute: productSum, negate: true });
  }),
  insn('dfnma', rr(0x35f), 'rt ra rb', 'Multiplies doubles, adds rt and negates.', ({ rt, ra, rb }, b) => {
    compute(b, 'dfnma', { operands: [ra, rb, rt], set: rt.set, compute: productSum, negate: true });
  }),
  insn('fesd', rr(0x3b8), 'rt ra', 'Extends the left single of every doubleword to a double.', (_, b) => { callHelper(b, 'fesd'); }),
  insn('frds', rr(0x3b9), 'rt ra', 'Rounds doubles to singles in the left word of every doubleword.', (_, b) => { callHelper(b, 'frds'); }),
  insn('fscrrd', rr(0x398), 'rt', 'Reads the floating-point status and control register.', ({ rt }, b) => { rt.set(b.fpscr); }),
  insn('fscrwr', rr(0x3ba), 'rt ra', 'Writes the floating-point status and control register.', ({ ra }, b) => {
    b.fpscr.set(ra.and(register(FPSCR_BITS)));
  }),
];
