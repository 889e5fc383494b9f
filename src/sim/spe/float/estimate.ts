/**
 * The estimates of `frest` and `frsqest` (SPU ISA 1.2, chapter 9): a line for every 32nd of a
 * binade, as base and step, which `fi` evaluates. The architecture gives their format and that
 * twelve bits are right after `fi`; the lines are a Cell's own, as emulators have read them off
 * one (facts 6.6).
 */
import { SPU_STATE } from '../layout.ts';
import type { SpuRegisters } from '../registers.ts';
import { DIVIDE_BY_ZERO } from './fpscr.ts';

const SEGMENTS = 32;
const EXPONENT_SHIFT = 23;
const LARGEST_EXPONENT = 255;
const SEGMENT_SHIFT = 18;
const SIGN = 0x8000_0000;

// Fraction fields: 13 bits of base, 10 of step.
const RECIPROCAL: readonly number[] = [
  0x7ffbe0, 0x7f87a6, 0x70ef72, 0x708b40, 0x638b12, 0x633aea, 0x5792c4, 0x574aa0, 0x4cca7e, 0x4c9262, 0x430a44,
  0x42d62a, 0x3a2e12, 0x39fdfa, 0x3215e4, 0x31f1d2, 0x2aa9be, 0x2a85ac, 0x23d59a, 0x23bd8e, 0x1d8576, 0x1d8576,
  0x17ad5a, 0x17ad5a, 0x124543, 0x124543, 0x0d392d, 0x0d392d, 0x08851a, 0x08851a, 0x041d07, 0x041d07,
];
const RECIPROCAL_ROOT_EVEN: readonly number[] = [
  0x350160, 0x34e954, 0x2f993d, 0x2f993d, 0x2aa523, 0x2aa523, 0x26190d, 0x26190d, 0x21e4f9, 0x21e4f9, 0x1e00e9,
  0x1e00e9, 0x1a5cd9, 0x1a5cd9, 0x16f8cb, 0x16f8cb, 0x13ccc0, 0x13ccc0, 0x10ccb3, 0x10ccb3, 0x0e00aa, 0x0e00aa,
  0x0b58a1, 0x0b58a1, 0x08d498, 0x08d498, 0x067491, 0x067491, 0x043089, 0x043089, 0x020c83, 0x020c83,
];
const RECIPROCAL_ROOT_ODD: readonly number[] = [
  0x7ffdf4, 0x7fd1de, 0x7859c8, 0x783dba, 0x71559c, 0x71559c, 0x6ae57c, 0x6ae57c, 0x64f561, 0x64f561, 0x5f7149,
  0x5f7149, 0x5a4d33, 0x5a4d33, 0x55811f, 0x55811f, 0x51050f, 0x51050f, 0x4cc8fe, 0x4cc8fe, 0x48d0f0, 0x48d0f0,
  0x4510e4, 0x4510e4, 0x4180d7, 0x4180d7, 0x3e24cc, 0x3e24cc, 0x3af4c3, 0x3af4c3, 0x37e8ba, 0x37e8ba,
];

interface Estimate {
  /** Lines of operands with an even and with an odd exponent field. */
  readonly lines: readonly [even: readonly number[], odd: readonly number[]];
  readonly exponentOf: (exponent: number) => number;
  readonly keepsSign: boolean;
}

const ESTIMATES: readonly Estimate[] = [
  { lines: [RECIPROCAL, RECIPROCAL], exponentOf: (exponent) => Math.max(253 - exponent, 0), keepsSign: true },
  { lines: [RECIPROCAL_ROOT_EVEN, RECIPROCAL_ROOT_ODD], exponentOf: (exponent) => 190 - ((exponent + 1) >>> 1), keepsSign: false },
];

export const ESTIMATE = { reciprocal: 0, reciprocalRoot: 1 } as const;

export function estimateHelper(registers: SpuRegisters): (...args: number[]) => number {
  const status = new DataView(registers.bytes.buffer, registers.bytes.byteOffset + SPU_STATE.fpscr, 16);
  return (number = 0, rt = 0, ra = 0) => {
    const estimate = ESTIMATES[number];
    if (!estimate) throw new RangeError(`There is no estimate ${String(number)}.`);
    for (const slice of [0, 1, 2, 3] as const) {
      const word = registers.word(ra, slice);
      registers.setWord(rt, slice, estimateOf(word, estimate));
      if (exponentOf(word) === 0) status.setUint32(0, status.getUint32(0, true) | (DIVIDE_BY_ZERO >>> slice), true);
    }
    return 0;
  };
}

function exponentOf(word: number): number {
  return (word >>> EXPONENT_SHIFT) & LARGEST_EXPONENT;
}

/** A zero or denormal gives the largest exponent. */
function estimateOf(word: number, { lines, exponentOf: resultExponent, keepsSign }: Estimate): number {
  const exponent = exponentOf(word);
  const sign = keepsSign ? word & SIGN : 0;
  const line = lines[(exponent & 1) as 0 | 1][(word >>> SEGMENT_SHIFT) & (SEGMENTS - 1)] ?? 0;
  return sign | ((exponent === 0 ? LARGEST_EXPONENT : resultExponent(exponent)) << EXPONENT_SHIFT) | line;
}
