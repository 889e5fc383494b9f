/** Estimates and their interpolation (SPU ISA 1.2, chapter 9). */
import type { SpuBuilder } from '../../builder.ts';
import { rr } from '../../encodings.ts';
import { ESTIMATE } from '../../float/estimate.ts';
import { insn, type SpuInstruction } from '../../instruction.ts';
import { F64X2, I32X4 } from '../../../engine/lanes.ts';
import type { V128 } from '../../../engine/expr.ts';
import { doubles, each, narrow, UPPER_HALF_TWICE, type Wide, widen, withoutDenormals, words } from './lanes.ts';

const SIGN_AND_EXPONENT = 0xff80_0000;
const BASE_FRACTION = 0x007f_fc00;
const STEP_FRACTION = 0x3ff;
/** Bits 13 to 31 of a single: what lies between two lines. */
const WITHIN_SEGMENTS = 0x7ffff;
/** The step's fraction begins three bits after the point, and what it is multiplied with has 19 bits. */
const STEP_UNIT = 2 ** -32;

function estimate(b: SpuBuilder, number: number): void {
  b.call('estimate', number, b.registerNumber('rt', 0), b.registerNumber('ra', 7));
}

/** Base minus step times the rest of the single, all scaled by the exponent of the estimate. */
function interpolate(b: SpuBuilder, single: V128, estimates: V128): V128 {
  const base = widen(b, b.let(withoutDenormals(b.let(estimates.and(words(SIGN_AND_EXPONENT | BASE_FRACTION))))));
  const scale = widen(b, b.let(estimates.and(words(SIGN_AND_EXPONENT))));
  const product = b.let(estimates.and(words(STEP_FRACTION)).simd(I32X4.mul, single.and(words(WITHIN_SEGMENTS))));
  const steps: Wide = { low: product.simd(F64X2.fromWordsS), high: product.shuffle(product, UPPER_HALF_TWICE).simd(F64X2.fromWordsS) };
  return narrow(b, each(
    (first, power, step) => b.let(first.simd(F64X2.sub, power.simd(F64X2.mul, step.simd(F64X2.mul, doubles(STEP_UNIT))))),
    base, scale, steps,
  )).value;
}

export const FLOAT_ESTIMATE: readonly SpuInstruction[] = [
  insn('frest', rr(0x1b8), 'rt ra', 'Estimates the reciprocals of singles, for fi to refine.', (_, b) => { estimate(b, ESTIMATE.reciprocal); }),
  insn('frsqest', rr(0x1b9), 'rt ra', 'Estimates the reciprocal square roots of singles, for fi to refine.', (_, b) => {
    estimate(b, ESTIMATE.reciprocalRoot);
  }),
  insn('fi', rr(0x3d4), 'rt ra rb', 'Interpolates the estimates in rb for the singles in ra.', ({ rt, ra, rb }, b) => {
    rt.set(interpolate(b, ra, b.let(rb)));
  }),
];
