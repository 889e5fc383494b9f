/** Comparisons of singles (SPU ISA 1.2, chapter 9): zeros of both signs and denormals are equal. */
import { rr } from '../../encodings.ts';
import type { SpuBuilder } from '../../builder.ts';
import { insn, type SpuInstruction } from '../../instruction.ts';
import { I32X4 } from '../../../engine/lanes.ts';
import { type V128, i32 } from '../../../engine/expr.ts';
import { MAGNITUDE, withoutDenormals, words } from './lanes.ts';

const magnitude = (value: V128): V128 => value.and(words(MAGNITUDE));

/** Signed integers in the order of the singles. */
function ordered(b: SpuBuilder, single: V128): V128 {
  const value = b.let(withoutDenormals(b.let(single)));
  const signs = b.let(value.simd(I32X4.shrS, i32(31)));
  return magnitude(value).xor(signs).simd(I32X4.sub, signs);
}

const magnitudeOf = (b: SpuBuilder, single: V128): V128 => magnitude(withoutDenormals(b.let(single)));

export const FLOAT_COMPARE: readonly SpuInstruction[] = [
  insn('fceq', rr(0x3c2), 'rt ra rb', 'Gives a word of ones where singles are equal.', ({ rt, ra, rb }, b) => {
    rt.set(ordered(b, ra).simd(I32X4.eq, ordered(b, rb)));
  }),
  insn('fcmeq', rr(0x3ca), 'rt ra rb', 'Gives a word of ones where the magnitudes of singles are equal.', ({ rt, ra, rb }, b) => {
    rt.set(magnitudeOf(b, ra).simd(I32X4.eq, magnitudeOf(b, rb)));
  }),
  insn('fcgt', rr(0x2c2), 'rt ra rb', 'Gives a word of ones where singles of ra are greater.', ({ rt, ra, rb }, b) => {
    rt.set(ordered(b, ra).simd(I32X4.gtS, ordered(b, rb)));
  }),
  insn('fcmgt', rr(0x2ca), 'rt ra rb', 'Gives a word of ones where the magnitudes of singles of ra are greater.', ({ rt, ra, rb }, b) => {
    rt.set(magnitudeOf(b, ra).simd(I32X4.gtS, magnitudeOf(b, rb)));
  }),
];
