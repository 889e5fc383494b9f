/**
 * Singles of the SPU in doubles of the host. Every exponent is an ordinary one and denormals
 * are zeros (SPU ISA 1.2, chapter 9), so a double holds every single, and every product of
 * two, exactly.
 */
import type { SpuBuilder } from '../../builder.ts';
import { SINGLE_FLAGS } from '../../float/fpscr.ts';
import { F64X2, I32X4, I64X2 } from '../../../engine/lanes.ts';
import { type V128, i32, i64 } from '../../../engine/expr.ts';

export const words = (value: number): V128 => i32(value).splat32();
export const doublewords = (value: bigint): V128 => i64(value).splat64();

export function doubles(value: number): V128 {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return doublewords(view.getBigInt64(0));
}

export const SIGN = 0x8000_0000;
export const MAGNITUDE = 0x7fff_ffff;
const EXPONENT = 0x7f80_0000;
/** The largest magnitude that IEEE 754 takes for a number. */
const LARGEST_IEEE = 0x7f7f_ffff;

/** A single keeps the upper 23 of a double's 52 fraction bits. */
const EXTRA_FRACTION = 29;
const SIGN_AND_SINGLE = BigInt.asIntN(64, 0x8fff_ffff_e000_0000n);
/** What the biases differ by: a single's bits, moved, are its value divided by this. */
const BIAS_RATIO = 2 ** 896;
/** Upper words of the doubles 2^-126, the smallest single, and 2^129, which none reaches. */
const SMALLEST = 0x3810_0000;
const TOO_LARGE = 0x4800_0000;
/** The two biases differ in one of the low eight bits of the exponent. */
const BIAS_BIT = 0x4000_0000;

const LOWER_WORDS = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27];
const UPPER_WORDS = LOWER_WORDS.map((lane) => lane + 4);
export const LOWER_HALVES = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
export const UPPER_HALF_TWICE = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];

/** Four doubles: word lanes 0 and 1, and 2 and 3. */
export interface Wide {
  readonly low: V128;
  readonly high: V128;
}

export function each(f: (...lanes: V128[]) => V128, ...wides: readonly Wide[]): Wide {
  return { low: f(...wides.map(({ low }) => low)), high: f(...wides.map(({ high }) => high)) };
}

/** Operands with denormals made zeros, and where IEEE 754 would take an operand for something else. */
export interface Singles {
  readonly values: readonly V128[];
  readonly differ: V128;
}

export function withoutDenormals(value: V128): V128 {
  return value.andNot(value.and(words(EXPONENT)).simd(I32X4.eq, words(0)).and(words(MAGNITUDE)));
}

export function singles(b: SpuBuilder, ...operands: readonly V128[]): Singles {
  const read = operands.map((operand) => b.let(operand));
  const values = read.map((value) => b.let(withoutDenormals(value)));
  const lost = read.map((value, i) => value.xor(values[i] ?? value)).reduce((all, bits) => all.or(bits));
  const isLarge = values.map((value) => value.and(words(EXPONENT)).simd(I32X4.eq, words(EXPONENT))).reduce((any, mask) => any.or(mask));
  return { values, differ: b.let(lost.simd(I32X4.ne, words(0)).or(isLarge)) };
}

/** Singles without denormals as doubles. */
export function widen(b: SpuBuilder, value: V128): Wide {
  const widenHalf = (extend: number): V128 =>
    b.let(value.simd(extend).simd(I64X2.shl, i32(EXTRA_FRACTION)).and(doublewords(SIGN_AND_SINGLE)).simd(F64X2.mul, doubles(BIAS_RATIO)));
  return { low: widenHalf(I64X2.extendLowS), high: widenHalf(I64X2.extendHighS) };
}

/**
 * Sums of doubles, such that cutting bits off them truncates the exact sum: where rounding to
 * nearest went away from zero, the next double toward zero. What rounding lost is exact (Knuth).
 */
export function addTowardZero(b: SpuBuilder, x: V128, y: V128): V128 {
  const { sum, lost } = exactSum(b, x, y);
  return b.let(sum.simd(I64X2.add, sum.simd(F64X2.mul, lost).simd(F64X2.lt, doubles(0))));
}

/** The rounded sum, and what rounding took off it. */
export function exactSum(b: SpuBuilder, x: V128, y: V128): { sum: V128; lost: V128 } {
  const sum = b.let(x.simd(F64X2.add, y));
  const ofY = b.let(sum.simd(F64X2.sub, x));
  const ofX = sum.simd(F64X2.sub, ofY);
  return { sum, lost: b.let(x.simd(F64X2.sub, ofX).simd(F64X2.add, y.simd(F64X2.sub, ofY))) };
}

export interface Narrowed {
  readonly value: V128;
  /** Where the magnitude is too large, and where it is too small but not zero. */
  readonly overflow: V128;
  readonly underflow: V128;
}

/** Doubles cut to singles: what is too large becomes the largest, what is too small +0. */
export function narrow(b: SpuBuilder, { low, high }: Wide): Narrowed {
  const upper = b.let(low.shuffle(high, UPPER_WORDS));
  const magnitude = b.let(upper.and(words(MAGNITUDE)));
  const overflow = b.let(magnitude.simd(I32X4.gtS, words(TOO_LARGE - 1)));
  const tooSmall = b.let(words(SMALLEST).simd(I32X4.gtS, magnitude));
  const cut = low.simd(I64X2.shrU, i32(EXTRA_FRACTION)).shuffle(high.simd(I64X2.shrU, i32(EXTRA_FRACTION)), LOWER_WORDS);
  const saturated = cut.xor(words(BIAS_BIT)).or(overflow);
  return {
    value: b.let(upper.bitSelect(saturated, words(SIGN)).andNot(tooSmall)),
    overflow,
    underflow: tooSmall.and(magnitude.simd(I32X4.ne, words(0))),
  };
}

/** Raises the flags of a result whose operands differ from IEEE 754 in `differ`. */
export function raiseFlags(b: SpuBuilder, { value, overflow, underflow }: Narrowed, differ?: V128): void {
  const tiny = b.let(underflow);
  const ofResult = tiny.or(value.and(words(MAGNITUDE)).simd(I32X4.gtS, words(LARGEST_IEEE)));
  const flags = overflow.and(words(SINGLE_FLAGS.overflow))
    .or(tiny.and(words(SINGLE_FLAGS.underflow)))
    .or((differ ? ofResult.or(differ) : ofResult).and(words(SINGLE_FLAGS.difference)));
  b.fpscr.set(b.fpscr.or(flags));
}
