/** Doubles taken apart into exact numbers, and put together again. */

/** Bit of a NaN that makes it quiet. */
const QUIET = 1n << 51n;
const FRACTION = (1n << 52n) - 1n;
const FRACTION_BITS = 52;
const EXPONENT_MASK = 0x7ffn;
/** Exponent of the last bit of a denormal. */
const SMALLEST_EXPONENT = -1074;
const BIAS = 1023;
const SIGN_SHIFT = 63n;

export const DEFAULT_NAN = 0x7ff8n << 48n;

export type Kind = 'nan' | 'infinity' | 'zero' | 'finite';

/** The value is `mantissa * 2^exponent`, negated if `negative`. */
export interface SoftNumber {
  readonly kind: Kind;
  readonly negative: boolean;
  readonly mantissa: bigint;
  readonly exponent: number;
}

export function unpack(bits: bigint): SoftNumber {
  const negative = bits >> SIGN_SHIFT !== 0n;
  const field = Number((bits >> 52n) & EXPONENT_MASK);
  const fraction = bits & FRACTION;
  if (field === 0x7ff) return { kind: fraction === 0n ? 'infinity' : 'nan', negative, mantissa: 0n, exponent: 0 };
  if (field === 0) return { kind: fraction === 0n ? 'zero' : 'finite', negative, mantissa: fraction, exponent: SMALLEST_EXPONENT };
  return { kind: 'finite', negative, mantissa: fraction | (1n << 52n), exponent: field - BIAS - FRACTION_BITS };
}

/** Bits of `mantissa * 2^exponent`, which must be a double's value. */
export function pack(negative: boolean, mantissa: bigint, exponent: number): bigint {
  const sign = signBits(negative);
  if (mantissa === 0n) return sign;
  const length = bitLength(mantissa);
  const leading = exponent + length - 1;
  if (leading < 1 - BIAS) return sign | shift(mantissa, exponent - SMALLEST_EXPONENT);
  return sign | (BigInt(leading + BIAS) << 52n) | (shift(mantissa, FRACTION_BITS + 1 - length) & FRACTION);
}

export function signBits(negative: boolean): bigint {
  return negative ? 1n << SIGN_SHIFT : 0n;
}

export function infinity(negative: boolean): bigint {
  return signBits(negative) | (EXPONENT_MASK << 52n);
}

export function isSignalling(bits: bigint): boolean {
  return unpack(bits).kind === 'nan' && (bits & QUIET) === 0n;
}

export function quiet(bits: bigint): bigint {
  return bits | QUIET;
}

/** Left for positive counts, right for negative ones. */
export function shift(value: bigint, count: number): bigint {
  return count >= 0 ? value << BigInt(count) : value >> BigInt(-count);
}

export function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}
