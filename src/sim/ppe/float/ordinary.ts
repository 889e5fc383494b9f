/**
 * Arithmetic on ordinary numbers, rounded to nearest, in the host's doubles. The host rounds
 * but does not say what it left out; here that is found with the exact error of a sum (Knuth's
 * two-sum), with Dekker's exact product, and with remainders of whole significands, which fit
 * 64 bits. Where a result is not ordinary the exact helper computes it.
 */
import { f64, type F64, type I32, type I64, i32, i64, select } from '../../engine/expr.ts';
import type { PpcBuilder } from '../builder.ts';

/** A result and what became of it. */
export interface Ordinary {
  readonly result: F64;
  /** It was rounded, and if so away from 0: 0 or 1. */
  readonly inexact: I32;
  readonly up: I32;
  /** What is said here holds. */
  readonly holds: I32;
}

const FRACTION_BITS = 52;
const FRACTION = (1n << 52n) - 1n;
const IMPLIED = 1n << 52n;
const BIAS = 1023;
const EXPONENTS = 0x7ff;
/** Exponent fields of normal singles in double format, but the smallest, which may have been rounded up to. */
const SINGLE_EXPONENTS = { first: 0x382, last: 0x47e } as const;
/** The part of a double's fraction that a single has not, and half of a single's last bit. */
const BELOW_SINGLE = (1n << 29n) - 1n;
const HALF_SINGLE = 1n << 28n;
/** Veltkamp's factor cuts a significand of 53 bits in halves. */
const SPLIT = 2 ** 27 + 1;
/** Products of numbers within 2^±400, and their errors, are far from the edges; so is what is added to them. */
const FACTOR_EXPONENT = 400;
const SUMMAND_EXPONENT = 900;

function exponentOf(bits: I64): I32 {
  return bits.shrU(FRACTION_BITS).toI32().and(EXPONENTS);
}

function significandOf(bits: I64): I64 {
  return bits.and(FRACTION).or(IMPLIED);
}

/** `first <= value <= last`, unsigned. */
function isBetween(value: I32, first: number, last: number): I32 {
  return value.minus(first).leU(last - first);
}

function isNormal(exponent: I32): I32 {
  return isBetween(exponent, 1, EXPONENTS - 1);
}

function isZero(bits: I64): I32 {
  return bits.shl(1).eqz();
}

/** The rounded sum and its exact error. */
function twoSum(b: PpcBuilder, x: F64, y: F64): { readonly sum: F64; readonly error: F64 } {
  const sum = b.let(x.plus(y));
  const fromY = b.let(sum.minus(x));
  return { sum, error: b.let(x.minus(sum.minus(fromY)).plus(y.minus(fromY))) };
}

/** What a sum's error, which has at most half the size of its last bit, says of it. */
function rounded(b: PpcBuilder, result: F64, error: F64): Pick<Ordinary, 'inexact' | 'up'> {
  return { inexact: b.let(error.ne(f64(0))), up: error.asI64().xor(result.asI64()).shrU(63).toI32() };
}

export function sumOf(b: PpcBuilder, x: F64, y: F64): Ordinary {
  const { sum, error } = twoSum(b, x, y);
  // Up to the largest exponent but one: no step of the error can overflow.
  return { result: sum, ...rounded(b, sum, error), holds: isBetween(exponentOf(sum.asI64()), 1, EXPONENTS - 2).or(sum.eq(f64(0))) };
}

export function productOf(b: PpcBuilder, x: I64, y: I64): Ordinary {
  const result = b.let(x.asF64().times(y.asF64()));
  const bits = b.let(result.asI64());
  const [xExponent, yExponent, exponent] = [b.let(exponentOf(x)), b.let(exponentOf(y)), b.let(exponentOf(bits))];
  const low = b.let(significandOf(x).times(significandOf(y)));
  const dropped = b.let(i32(FRACTION_BITS + BIAS).plus(exponent).minus(xExponent).minus(yExponent).extendU());
  return {
    result,
    inexact: b.let(low.shl(i64(64).minus(dropped)).ne(0).and(result.ne(f64(0)))),
    up: low.shrU(dropped).xor(bits).toI32().and(1),
    holds: isNormal(xExponent).and(isNormal(yExponent)).and(isBetween(exponent, 2, EXPONENTS - 1))
      .or(result.eq(f64(0)).and(isZero(x).or(isZero(y)))),
  };
}

export function quotientOf(b: PpcBuilder, x: I64, y: I64): Ordinary {
  const result = b.let(x.asF64().over(y.asF64()));
  const bits = b.let(result.asI64());
  const [xExponent, yExponent, exponent] = [b.let(exponentOf(x)), b.let(exponentOf(y)), b.let(exponentOf(bits))];
  const widened = i32(FRACTION_BITS + BIAS).plus(xExponent).minus(yExponent).minus(exponent).extendU();
  const remainder = significandOf(x).shl(widened).minus(significandOf(bits).times(significandOf(y)));
  const isOrdinary = isNormal(xExponent).and(isNormal(yExponent)).and(isBetween(exponent, 2, EXPONENTS - 1));
  return { result, ...remains(b, result, remainder), holds: isOrdinary.or(result.eq(f64(0)).and(isZero(x))) };
}

export function rootOf(b: PpcBuilder, y: I64): Ordinary {
  const result = b.let(y.asF64().sqrt());
  const bits = b.let(result.asI64());
  const [yExponent, exponent] = [b.let(exponentOf(y)), b.let(exponentOf(bits))];
  const widened = i32(FRACTION_BITS + BIAS).plus(yExponent).minus(exponent.shl(1)).extendU();
  const significand = b.let(significandOf(bits));
  const remainder = significandOf(y).shl(widened).minus(significand.times(significand));
  return { result, ...remains(b, result, remainder), holds: isNormal(yExponent).and(exponent.ltU(EXPONENTS)).or(isZero(y)) };
}

/** Of a remainder, which is less than 0 when the result was rounded up. */
function remains(b: PpcBuilder, result: F64, remainder: I64): Pick<Ordinary, 'inexact' | 'up'> {
  const rest = b.let(remainder);
  return { inexact: b.let(rest.ne(0).and(result.ne(f64(0)))), up: rest.shrU(63).toI32() };
}

/** x * y + z, rounded once: the last sum takes its smaller operand rounded to odd (Boldo and Melquiond 2008). */
export function fusedOf(b: PpcBuilder, x: I64, y: I64, z: I64): Ordinary {
  const [left, right, summand] = [x.asF64(), y.asF64(), z.asF64()];
  const product = b.let(left.times(right));
  const [xHigh, yHigh] = [highHalf(b, left), highHalf(b, right)];
  const [xLow, yLow] = [b.let(left.minus(xHigh)), b.let(right.minus(yHigh))];
  const productError = xHigh.times(yHigh).minus(product).plus(xHigh.times(yLow)).plus(xLow.times(yHigh)).plus(xLow.times(yLow));
  const low = twoSum(b, summand, b.let(productError));
  const high = twoSum(b, product, low.sum);
  const { sum, error } = twoSum(b, low.error, high.error);
  const even = b.let(sum.asI64());
  const toOdd = even.xor(error.asI64()).shrS(63).or(1n);
  const odd = b.let(even.plus(select(error.ne(f64(0)).and(even.toI32().and(1).eqz()), toOdd, i64(0))).asF64());
  const last = twoSum(b, high.sum, odd);
  // A zero has the sign that the plain sum has.
  const result = b.let(select(last.sum.eq(f64(0)), product.plus(summand), last.sum));
  return {
    result,
    ...rounded(b, result, last.error),
    holds: isModerate(x, FACTOR_EXPONENT).and(isModerate(y, FACTOR_EXPONENT)).and(isModerate(z, SUMMAND_EXPONENT)),
  };
}

/** x * y + z where the product is exact: of singles. */
export function fusedOfSingles(b: PpcBuilder, x: I64, y: I64, z: I64): Ordinary {
  const { holds, ...sum } = sumOf(b, b.let(x.asF64().times(y.asF64())), z.asF64());
  const isExact = x.or(y).and(BELOW_SINGLE).eqz();
  return { ...sum, holds: holds.and(isExact).and(isModerate(x, FACTOR_EXPONENT)).and(isModerate(y, FACTOR_EXPONENT)) };
}

function highHalf(b: PpcBuilder, x: F64): F64 {
  const scaled = b.let(x.times(f64(SPLIT)));
  return b.let(scaled.minus(scaled.minus(x)));
}

function isModerate(bits: I64, exponent: number): I32 {
  return isBetween(exponentOf(bits), BIAS - exponent, BIAS + exponent).or(isZero(bits));
}

/** A result rounded to single precision. */
export function toSingle(b: PpcBuilder, { result: double, inexact, up, holds }: Ordinary): Ordinary {
  const from = b.let(double.asI64());
  const result = b.let(double.demote().promote());
  const bits = b.let(result.asI64());
  const differs = b.let(bits.ne(from));
  // Rounding twice goes wrong only from halfway, when that is not the exact result.
  const isHalfway = from.and(BELOW_SINGLE).eq(HALF_SINGLE).and(inexact);
  const isInRange = isBetween(exponentOf(bits), SINGLE_EXPONENTS.first, SINGLE_EXPONENTS.last).or(isZero(from));
  return {
    result,
    inexact: b.let(inexact.or(differs)),
    up: select(differs, bits.gtU(from), up),
    holds: holds.and(isInRange).and(isHalfway.eqz()),
  };
}

export function negated(b: PpcBuilder, ordinary: Ordinary): Ordinary {
  return { ...ordinary, result: b.let(ordinary.result.neg()) };
}

/** A double as it is. */
export function exactly(bits: I64): Ordinary {
  return { result: bits.asF64(), inexact: i32(0), up: i32(0), holds: i32(1) };
}
