/** Exact binary numbers, and their one rounding to a format (IEEE 754-1985, sections 4 and 7). */
import { DOUBLE_FLAGS } from './fpscr.ts';

/** Rounding modes as FPSCR has them. */
export const ROUND = { nearest: 0, towardZero: 1, up: 2, down: 3 } as const;

export interface Format {
  /** Bits of the fraction, without the leading one. */
  readonly fraction: number;
  readonly bias: number;
}
export const DOUBLE: Format = { fraction: 52, bias: 1023 };
export const SINGLE: Format = { fraction: 23, bias: 127 };

/** `mantissa * 2^exponent`; zeros have a sign of their own. */
export interface Exact {
  readonly negative: boolean;
  readonly mantissa: bigint;
  readonly exponent: number;
}

export interface Rounded {
  readonly bits: bigint;
  /** `DOUBLE_FLAGS` that it raises. */
  readonly flags: number;
}

export function signBit(negative: boolean, { fraction, bias }: Format): bigint {
  return negative ? BigInt(2 * bias + 2) << BigInt(fraction) : 0n;
}

export function infinity(negative: boolean, format: Format): bigint {
  return signBit(negative, format) | (BigInt(2 * format.bias + 1) << BigInt(format.fraction));
}

/** The NaN that every operation gives: quiet, positive, with nothing else in its fraction. */
export function defaultNan({ fraction, bias }: Format): bigint {
  return BigInt(4 * bias + 3) << BigInt(fraction - 1);
}

/** Tininess is detected before rounding; an exact denormal raises nothing. */
export function round({ negative, mantissa, exponent }: Exact, format: Format, mode: number): Rounded {
  const sign = signBit(negative, format);
  if (mantissa === 0n) return { bits: sign, flags: 0 };
  const { fraction, bias } = format;
  const leading = exponent + bitLength(mantissa) - 1;
  const last = Math.max(leading, 1 - bias) - fraction;
  const { integer, isInexact } = roundTo(last - exponent, mantissa, negative, mode);
  // The leading one of a normal number adds 1 to the exponent field, as does a carry out of rounding.
  const bits = (BigInt(last + fraction + bias - 1) << BigInt(fraction)) + integer;
  const infinite = infinity(false, format);
  if (bits >= infinite) {
    const toInfinity = mode === ROUND.nearest || mode === (negative ? ROUND.down : ROUND.up);
    return { bits: sign | (toInfinity ? infinite : infinite - 1n), flags: DOUBLE_FLAGS.overflow | DOUBLE_FLAGS.inexact };
  }
  const isTiny = leading < 1 - bias;
  const flags = isInexact ? DOUBLE_FLAGS.inexact | (isTiny ? DOUBLE_FLAGS.underflow : 0) : 0;
  return { bits: sign | bits, flags };
}

/** `mantissa * 2^-drop` as an integer. */
function roundTo(drop: number, mantissa: bigint, negative: boolean, mode: number): { integer: bigint; isInexact: boolean } {
  if (drop <= 0) return { integer: mantissa << BigInt(-drop), isInexact: false };
  const kept = mantissa >> BigInt(drop);
  const rest = mantissa - (kept << BigInt(drop));
  if (rest === 0n) return { integer: kept, isInexact: false };
  const half = 1n << BigInt(drop - 1);
  const isAway = mode === ROUND.nearest
    ? rest > half || (rest === half && (kept & 1n) === 1n)
    : mode === (negative ? ROUND.down : ROUND.up);
  return { integer: isAway ? kept + 1n : kept, isInexact: true };
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}
