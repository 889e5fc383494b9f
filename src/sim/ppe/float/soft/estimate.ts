/**
 * The estimates of a reciprocal and of a reciprocal square root (Book I, section 4.6.5.1), as a
 * Cell gives them (facts 6.7). They never say that they are inexact.
 */
import { FPSCR } from '../fpscr.ts';
import { bitLength, DEFAULT_NAN, infinity, isSignalling, quiet, shift, signBits, type SoftNumber, unpack } from './number.ts';
import type { Rounded } from './round.ts';

/** The first twelve bits of the fraction of 2 / x, by the first seven bits of the fraction of x in [1, 2). */
const RECIPROCALS = [
  'fe0 fa1 f63 f26 eea eae e74 e3c e00 dc8 d94 d5c d28 cf0 cc0 c8c',
  'c58 c28 bf8 bc8 b98 b68 b38 b08 ae0 ab0 a80 a58 a30 a00 9d8 9b0',
  '980 960 930 910 8e8 8c0 898 870 850 830 800 7e0 7c0 7a0 778 758',
  '730 710 6f0 6d0 6b0 690 670 650 630 610 5f0 5d8 5c0 5a0 580 560',
  '540 530 510 4f0 4d8 4c0 4a0 488 470 450 440 420 400 3f0 3d0 3c0',
  '3a0 390 370 360 340 330 320 300 2f0 2d0 2c0 2b0 290 280 270 250',
  '240 230 210 200 1f0 1e0 1c0 1b0 1a0 190 170 160 150 140 130 120',
  '100 0f0 0e0 0d0 0c0 0b0 0a0 090 080 070 060 050 040 030 020 000',
].flatMap((line) => line.split(' ').map((digits) => BigInt(`0x${digits}`)));
/** The first eight bits of the fraction of 2 / sqrt(x), by the first three of x: for x in [1, 2), then in [2, 4). */
const ROOTS = [0xf1n, 0xd8n, 0xc0n, 0xa8n, 0x98n, 0x88n, 0x80n, 0x70n, 0x60n, 0x4cn, 0x3cn, 0x30n, 0x20n, 0x18n, 0x10n, 0x08n];

const RECIPROCAL_FRACTION = { index: 7, bits: 12 } as const;
const ROOT_FRACTION = { index: 3, bits: 8 } as const;
const FRACTION_BITS = 52;
const BIAS = 1023;
/** Of what is no single: reciprocals of greater numbers are 0, those of smaller ones infinity. */
const SINGLE = { largest: 127, smallestReciprocal: -128 } as const;

export function reciprocal(b: bigint): Rounded {
  const number = unpack(b);
  const { kind, negative } = number;
  if (kind !== 'finite') return ofSpecial(b, number);
  const leading = exponentOf(number);
  if (leading > SINGLE.largest) return { bits: signBits(negative), how: 0, raised: FPSCR.underflow };
  if (leading < SINGLE.smallestReciprocal) return { bits: infinity(negative), how: 0, raised: FPSCR.overflow };
  const estimate = RECIPROCALS[Number(firstBits(number, RECIPROCAL_FRACTION.index))] ?? 0n;
  return { bits: assembled(negative, -leading - 1, estimate, RECIPROCAL_FRACTION.bits), how: 0, raised: 0 };
}

export function reciprocalRoot(b: bigint): Rounded {
  const number = unpack(b);
  const { kind, negative } = number;
  if (negative && (kind === 'finite' || kind === 'infinity')) return { bits: DEFAULT_NAN, how: 0, raised: FPSCR.invalidRoot };
  if (kind !== 'finite') return ofSpecial(b, number);
  const leading = exponentOf(number);
  const half = Math.floor(leading / 2);
  const estimate = ROOTS[(leading - 2 * half) * 8 + Number(firstBits(number, ROOT_FRACTION.index))] ?? 0n;
  return { bits: assembled(false, -half - 1, estimate, ROOT_FRACTION.bits), how: 0, raised: 0 };
}

function ofSpecial(b: bigint, { kind, negative }: SoftNumber): Rounded {
  if (kind === 'nan') return { bits: quiet(b), how: 0, raised: isSignalling(b) ? FPSCR.signalling : 0 };
  if (kind === 'infinity') return { bits: signBits(negative), how: 0, raised: 0 };
  return { bits: infinity(negative), how: 0, raised: FPSCR.zeroDivide };
}

function exponentOf({ mantissa, exponent }: SoftNumber): number {
  return exponent + bitLength(mantissa) - 1;
}

/** The first bits of a significand after its leading 1. */
function firstBits({ mantissa }: SoftNumber, count: number): bigint {
  return shift(mantissa, count + 1 - bitLength(mantissa)) - (1n << BigInt(count));
}

function assembled(negative: boolean, exponent: number, fraction: bigint, bits: number): bigint {
  return signBits(negative) | (BigInt(exponent + BIAS) << 52n) | (fraction << BigInt(FRACTION_BITS - bits));
}
