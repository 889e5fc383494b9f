/**
 * Exact floating-point arithmetic (Book I, sections 4.4 and 4.6.5): every operation is done
 * on whole numbers and rounded once. Operands and results are the bits of doubles.
 */
import { FPSCR } from '../fpscr.ts';
import { bitLength, DEFAULT_NAN, infinity, isSignalling, quiet, shift, signBits, type SoftNumber, unpack } from './number.ts';
import { type Exact, type Precision, ROUND, round, type Rounded, type Rounding, SINGLE } from './round.ts';

/** Quotients and roots are computed to this many bits, more than any precision needs. */
const WORKING_BITS = 68;
/** The part of a double's fraction that a single has not. */
const EXTRA_FRACTION = (1n << 29n) - 1n;

export function add(a: bigint, b: bigint, precision: Precision, rounding: Rounding): Rounded {
  return nanOf([a, b]) ?? sum(unpack(a), unpack(b), precision, rounding);
}

export function multiply(a: bigint, c: bigint, precision: Precision, rounding: Rounding): Rounded {
  const nan = nanOf([a, c]);
  if (nan) return nan;
  const [x, y] = [unpack(a), unpack(c)];
  return productInvalid(x, y) ?? finish(product(x, y), precision, rounding);
}

/** a * c + b. */
export function multiplyAdd(a: bigint, c: bigint, b: bigint, precision: Precision, rounding: Rounding): Rounded {
  const [x, y, z] = [unpack(a), unpack(c), unpack(b)];
  const nan = nanOf([a, b, c]);
  const invalid = productInvalid(x, y);
  if (nan) return { ...nan, raised: nan.raised | (invalid?.raised ?? 0) };
  return invalid ?? sum(product(x, y), z, precision, rounding);
}

export function divide(a: bigint, b: bigint, precision: Precision, rounding: Rounding): Rounded {
  const nan = nanOf([a, b]);
  if (nan) return nan;
  const [x, y] = [unpack(a), unpack(b)];
  const negative = x.negative !== y.negative;
  if (x.kind === y.kind && x.kind !== 'finite') return invalidResult(x.kind === 'zero' ? FPSCR.zeroByZero : FPSCR.infinityByInfinity);
  if (x.kind === 'infinity') return exactly(infinity(negative));
  if (x.kind === 'zero' || y.kind === 'infinity') return exactly(signBits(negative));
  if (y.kind === 'zero') return { bits: infinity(negative), how: 0, raised: FPSCR.zeroDivide };
  const widen = WORKING_BITS + bitLength(y.mantissa);
  const dividend = x.mantissa << BigInt(widen);
  const mantissa = dividend / y.mantissa;
  return round({ negative, mantissa, exponent: x.exponent - y.exponent - widen, sticky: mantissa * y.mantissa !== dividend }, precision, rounding);
}

export function squareRoot(b: bigint, precision: Precision, rounding: Rounding): Rounded {
  const nan = nanOf([b]);
  if (nan) return nan;
  const x = unpack(b);
  if (x.kind === 'zero') return exactly(b);
  if (x.negative) return invalidResult(FPSCR.invalidRoot);
  if (x.kind === 'infinity') return exactly(b);
  const widen = 2 * WORKING_BITS + (x.exponent & 1);
  const radicand = x.mantissa << BigInt(widen);
  const mantissa = integerRoot(radicand);
  return round({ negative: false, mantissa, exponent: (x.exponent - widen) / 2, sticky: mantissa * mantissa !== radicand }, precision, rounding);
}

/** Rounds a double to single precision; a NaN loses the bits that a single has not. */
export function toSingle(b: bigint, rounding: Rounding): Rounded {
  const nan = nanOf([b]);
  return nan ? { ...nan, bits: nan.bits & ~EXTRA_FRACTION } : finish(unpack(b), SINGLE, rounding);
}

/** What operands with a NaN give: the first of them, quiet. */
function nanOf(operands: readonly bigint[]): Rounded | undefined {
  const nan = operands.find((bits) => unpack(bits).kind === 'nan');
  if (nan === undefined) return undefined;
  return { bits: quiet(nan), how: 0, raised: operands.some(isSignalling) ? FPSCR.signalling : 0 };
}

function invalidResult(why: number): Rounded {
  return { bits: DEFAULT_NAN, how: 0, raised: why };
}

function exactly(bits: bigint): Rounded {
  return { bits, how: 0, raised: 0 };
}

function productInvalid(x: SoftNumber, y: SoftNumber): Rounded | undefined {
  const isInvalid = (x.kind === 'infinity' && y.kind === 'zero') || (x.kind === 'zero' && y.kind === 'infinity');
  return isInvalid ? invalidResult(FPSCR.infinityTimesZero) : undefined;
}

/** Of numbers that are not NaNs, nor 0 and infinity. */
function product(x: SoftNumber, y: SoftNumber): SoftNumber {
  const negative = x.negative !== y.negative;
  const kind = x.kind === 'infinity' || y.kind === 'infinity' ? 'infinity' : x.kind === 'zero' || y.kind === 'zero' ? 'zero' : 'finite';
  return { kind, negative, mantissa: x.mantissa * y.mantissa, exponent: x.exponent + y.exponent };
}

function sum(x: SoftNumber, y: SoftNumber, precision: Precision, rounding: Rounding): Rounded {
  if (x.kind === 'infinity' || y.kind === 'infinity') {
    if (x.kind === y.kind && x.negative !== y.negative) return invalidResult(FPSCR.infinityMinusInfinity);
    return exactly(infinity(x.kind === 'infinity' ? x.negative : y.negative));
  }
  const exponent = Math.min(x.exponent, y.exponent);
  const total = signed(x, exponent) + signed(y, exponent);
  if (total !== 0n) return round({ negative: total < 0n, mantissa: total < 0n ? -total : total, exponent, sticky: false }, precision, rounding);
  const bothNegative = x.negative && y.negative;
  const differ = x.negative !== y.negative;
  return exactly(signBits(bothNegative || (differ && rounding.mode === ROUND.down)));
}

/** A finite number or 0 in units of 2^exponent. */
function signed({ negative, mantissa, exponent }: SoftNumber, unit: number): bigint {
  const value = shift(mantissa, exponent - unit);
  return negative ? -value : value;
}

function finish(number: SoftNumber, precision: Precision, rounding: Rounding): Rounded {
  const { kind, negative } = number;
  if (kind === 'infinity') return exactly(infinity(negative));
  if (kind === 'zero') return exactly(signBits(negative));
  return round({ ...number, sticky: false } satisfies Exact, precision, rounding);
}

/** The largest integer whose square is not more (Newton). */
function integerRoot(value: bigint): bigint {
  let root = 1n << BigInt((bitLength(value) >> 1) + 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
