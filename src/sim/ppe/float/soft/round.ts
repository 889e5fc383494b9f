/** Rounding of exact results to single or double precision (Book I, section 4.3.6). */
import { FPSCR } from '../fpscr.ts';
import { bitLength, infinity, pack, shift } from './number.ts';

/** Values of FPSCR[RN]. */
export const ROUND = { nearest: 0, towardZero: 1, up: 2, down: 3 } as const;

/** How FPSCR has a result rounded. */
export interface Rounding {
  /** FPSCR[RN]. */
  readonly mode: number;
  /** An enabled overflow or underflow gives the result with another exponent (Book I, sections 4.4.3 and 4.4.4). */
  readonly adjustsOverflow: boolean;
  readonly adjustsUnderflow: boolean;
}

export function roundingOf(fpscr: number): Rounding {
  return {
    mode: fpscr & FPSCR.rounding,
    adjustsOverflow: (fpscr & FPSCR.enableOverflow) !== 0,
    adjustsUnderflow: (fpscr & FPSCR.enableUnderflow) !== 0,
  };
}

export interface Precision {
  /** Bits of the significand. */
  readonly bits: number;
  /** Exponents of the smallest and the largest normal number. */
  readonly smallest: number;
  readonly largest: number;
  /** What the exponent of an enabled overflow loses, and that of an enabled underflow gains. */
  readonly adjustment: number;
}
export const DOUBLE: Precision = { bits: 53, smallest: -1022, largest: 1023, adjustment: 1536 };
export const SINGLE: Precision = { bits: 24, smallest: -126, largest: 127, adjustment: 192 };

export interface Rounded {
  /** In double format, whatever the precision. */
  readonly bits: bigint;
  /** FR and FI. */
  readonly how: number;
  /** Exception bits. */
  readonly raised: number;
}

/** An exact number that is not 0; `sticky`: it is a little more, by less than its last bit. */
export interface Exact {
  readonly negative: boolean;
  readonly mantissa: bigint;
  readonly exponent: number;
  readonly sticky: boolean;
}

/** The nearest integer to `mantissa * 2^-drop` by the rounding mode, and which way it went. */
export function roundInteger({ negative, mantissa, sticky }: Pick<Exact, 'negative' | 'mantissa' | 'sticky'>, drop: number, mode: number): { integer: bigint; how: number } {
  const kept = shift(mantissa, -drop);
  const rest = drop > 0 ? mantissa - (kept << BigInt(drop)) : 0n;
  if (rest === 0n && !sticky) return { integer: kept, how: 0 };
  const up = roundsUp(negative, kept, drop > 0 ? (rest << 1n) - (1n << BigInt(drop)) : -1n, sticky, mode);
  return { integer: up ? kept + 1n : kept, how: FPSCR.fractionInexact | (up ? FPSCR.roundedUp : 0) };
}

/** `aboveHalf`: what is dropped, less half of the last bit kept. */
function roundsUp(negative: boolean, kept: bigint, aboveHalf: bigint, sticky: boolean, mode: number): boolean {
  switch (mode) {
    case ROUND.towardZero: return false;
    case ROUND.up: return !negative;
    case ROUND.down: return negative;
    default: return aboveHalf > 0n || (aboveHalf === 0n && (sticky || (kept & 1n) === 1n));
  }
}

export function round(exact: Exact, precision: Precision, rounding: Rounding): Rounded {
  const { negative, mantissa, exponent } = exact;
  const leading = exponent + bitLength(mantissa) - 1;
  // A tiny result is one that was tiny before rounding.
  const isTiny = leading < precision.smallest;
  const gains = isTiny && rounding.adjustsUnderflow ? precision.adjustment : 0;
  const last = (gains > 0 ? leading : Math.max(leading, precision.smallest)) - (precision.bits - 1);
  const { integer, how } = roundInteger(exact, last - exponent, rounding.mode);
  const isOverflow = last + bitLength(integer) - 1 > precision.largest;
  if (isOverflow && !rounding.adjustsOverflow) return overflowed(negative, precision, rounding.mode);
  const raised = (how === 0 ? 0 : FPSCR.inexact)
    | (isTiny && (gains > 0 || how !== 0) ? FPSCR.underflow : 0)
    | (isOverflow ? FPSCR.overflow : 0);
  return { bits: pack(negative, integer, last + gains - (isOverflow ? precision.adjustment : 0)), how, raised };
}

function overflowed(negative: boolean, { bits, largest }: Precision, mode: number): Rounded {
  const toInfinity = mode === ROUND.nearest || mode === (negative ? ROUND.down : ROUND.up);
  return {
    bits: toInfinity ? infinity(negative) : pack(negative, (1n << BigInt(bits)) - 1n, largest - (bits - 1)),
    how: FPSCR.fractionInexact | (toInfinity ? FPSCR.roundedUp : 0),
    raised: FPSCR.overflow | FPSCR.inexact,
  };
}
