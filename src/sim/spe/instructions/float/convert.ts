/** Conversions between singles and words, scaled by a power of two (SPU ISA 1.2, chapter 9). */
import type { SpuBuilder } from '../../builder.ts';
import { ri8 } from '../../encodings.ts';
import { FIELDS } from '../../fields.ts';
import { insn, type SpuInstruction } from '../../instruction.ts';
import { F64X2, I32X4 } from '../../../engine/lanes.ts';
import type { V128 } from '../../../engine/expr.ts';
import { LOWER_HALVES, narrow, raiseFlags, UPPER_HALF_TWICE, widen, withoutDenormals } from './lanes.ts';

const DOUBLE_BIAS = 1023;
const DOUBLE_FRACTION = 52n;

/** The double 2^exponent, known at decode time. */
function power(b: SpuBuilder, exponent: (word: number) => number): V128 {
  return b.let(b.constant64('factor', (word) => BigInt(DOUBLE_BIAS + exponent(word)) << DOUBLE_FRACTION).splat64());
}

/** Truncates and saturates, as the host does. */
function toWords(b: SpuBuilder, single: V128, truncate: number): V128 {
  const { low, high } = widen(b, b.let(withoutDenormals(b.let(single))));
  const factor = power(b, (word) => FIELDS.scaleToInteger.decode(word));
  const convert = (half: V128): V128 => half.simd(F64X2.mul, factor).simd(truncate);
  return convert(low).shuffle(convert(high), LOWER_HALVES);
}

function toSingles(b: SpuBuilder, integers: V128, convert: number): V128 {
  const factor = power(b, (word) => -FIELDS.scaleToFloat.decode(word));
  const widenHalf = (half: V128): V128 => b.let(half.simd(convert).simd(F64X2.mul, factor));
  const result = narrow(b, { low: widenHalf(integers), high: widenHalf(integers.shuffle(integers, UPPER_HALF_TWICE)) });
  raiseFlags(b, result);
  return result.value;
}

export const FLOAT_CONVERT: readonly SpuInstruction[] = [
  insn('csflt', ri8(0x3b4), 'rt ra scaleToFloat', 'Converts signed words to singles, divided by a power of two.', ({ rt, ra }, b) => {
    rt.set(toSingles(b, ra, F64X2.fromWordsS));
  }),
  insn('cuflt', ri8(0x3b6), 'rt ra scaleToFloat', 'Converts unsigned words to singles, divided by a power of two.', ({ rt, ra }, b) => {
    rt.set(toSingles(b, ra, F64X2.fromWordsU));
  }),
  insn('cflts', ri8(0x3b0), 'rt ra scaleToInteger', 'Converts singles, multiplied by a power of two, to signed words.', ({ rt, ra }, b) => {
    rt.set(toWords(b, ra, I32X4.truncateDoublesS));
  }),
  insn('cfltu', ri8(0x3b2), 'rt ra scaleToInteger', 'Converts singles, multiplied by a power of two, to unsigned words.', ({ rt, ra }, b) => {
    rt.set(toWords(b, ra, I32X4.truncateDoublesU));
  }),
];
