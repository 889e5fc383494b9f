/** Conversions between doubles and integers (Book I, section 4.6.6). */
import { FPSCR } from '../fpscr.ts';
import { isSignalling, signBits, unpack } from './number.ts';
import { DOUBLE, round, roundInteger, type Rounded, type Rounding } from './round.ts';

/**
 * A signed integer of 32 or 64 bits, in the low bits of the result. What does not fit gives
 * the nearest that does, a NaN the most negative one.
 */
export function toInteger(b: bigint, bits: 32 | 64, mode: number): Rounded {
  const { kind, negative, mantissa, exponent } = unpack(b);
  const most = 1n << BigInt(bits - 1);
  if (kind === 'zero') return { bits: 0n, how: 0, raised: 0 };
  if (kind === 'nan') {
    return { bits: BigInt.asUintN(64, -most), how: 0, raised: FPSCR.invalidConversion | (isSignalling(b) ? FPSCR.signalling : 0) };
  }
  const { integer, how } = kind === 'infinity' ? { integer: most << 1n, how: 0 } : roundInteger({ negative, mantissa, sticky: false }, -exponent, mode);
  const value = negative ? -integer : integer;
  if (value < -most || value >= most) return { bits: BigInt.asUintN(64, negative ? -most : most - 1n), how: 0, raised: FPSCR.invalidConversion };
  return { bits: BigInt.asUintN(64, value), how, raised: how === 0 ? 0 : FPSCR.inexact };
}

export function fromInteger(b: bigint, rounding: Rounding): Rounded {
  const value = BigInt.asIntN(64, b);
  if (value === 0n) return { bits: signBits(false), how: 0, raised: 0 };
  return round({ negative: value < 0n, mantissa: value < 0n ? -value : value, exponent: 0, sticky: false }, DOUBLE, rounding);
}
