/**
 * The estimates of `frest` and `frsqest` (SPU ISA 1.2, chapter 9): a line for every 32nd of a
 * binade, as base and step, which `fi` evaluates. The architecture gives their format and that
 * twelve bits are right after `fi`; the lines are those of the least greatest error.
 */
import { SPU_STATE } from '../layout.ts';
import type { SpuRegisters } from '../registers.ts';
import { DIVIDE_BY_ZERO } from './fpscr.ts';

/** Fractions of base and step are in units of 2^-13. */
const UNITS = 8192;
const STEP_BITS = 10;
const SEGMENTS = 32;
const EXPONENT_SHIFT = 23;
const LARGEST_EXPONENT = 255;
const SEGMENT_SHIFT = 18;
const SIGN = 0x8000_0000;

/** A falling convex function over a binade, with values from 1 to 2. */
type Curve = (x: number) => number;

/** Fraction fields of a curve's estimates: 13 bits of base and 10 of step. */
function linesOf(curve: Curve): readonly number[] {
  return Array.from({ length: SEGMENTS }, (_, segment) => {
    const from = 1 + segment / SEGMENTS;
    const to = from + 1 / SEGMENTS;
    // The fraction that `fi` multiplies the step with goes from 0 to 1 over two segments.
    const start = (segment & 1) / 2;
    const step = Math.round((curve(from) - curve(to)) * 2 * UNITS);
    const above = (x: number): number => (curve(x) - 1) * UNITS + step * (start + (x - from) * SEGMENTS / 2);
    const base = Math.min(Math.round((extreme(above, from, to, Math.max) + extreme(above, from, to, Math.min)) / 2), UNITS - 1);
    return (base << STEP_BITS) | step;
  });
}

/** Base fractions at which a line would meet the curve somewhere in a segment: the most or the least. */
function extreme(above: Curve, from: number, to: number, pick: (...values: number[]) => number): number {
  const points = 64;
  return pick(...Array.from({ length: points + 1 }, (_, i) => above(from + (to - from) * i / points)));
}

interface Estimate {
  /** Lines of operands with an even and with an odd exponent field. */
  readonly lines: readonly [even: readonly number[], odd: readonly number[]];
  readonly exponentOf: (exponent: number) => number;
  readonly keepsSign: boolean;
}

const RECIPROCAL = linesOf((x) => 2 / x);

const ESTIMATES: readonly Estimate[] = [
  { lines: [RECIPROCAL, RECIPROCAL], exponentOf: (exponent) => Math.max(253 - exponent, 0), keepsSign: true },
  {
    lines: [linesOf((x) => Math.SQRT2 / Math.sqrt(x)), linesOf((x) => 2 / Math.sqrt(x))],
    exponentOf: (exponent) => 190 - ((exponent + 1) >>> 1),
    keepsSign: false,
  },
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
