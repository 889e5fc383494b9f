/** Conversions between the single format in memory and the double format in registers (Book I, section 4.6). */
import { type I64, i32, select } from '../../engine/expr.ts';
import type { PpcBuilder } from '../builder.ts';

const SINGLE_INFINITY = 0x7f800000;
const DOUBLE_INFINITY = 0x7ffn << 52n;
/** Exponent fields of the doubles that become denormal singles. */
const SMALLEST_DENORMAL = 874;
const LARGEST_DENORMAL = 896;

/** Exact; a signalling NaN stays one. */
export function doubleFromSingle(b: PpcBuilder, word: I64): I64 {
  const bits = b.let(word.toI32());
  const nan = bits.extendU().and(0x7fffffn).shl(29)
    .or(bits.and(0x80000000 | 0).extendU().shl(32))
    .or(DOUBLE_INFINITY);
  return select(bits.and(0x7fffffff).gtU(SINGLE_INFINITY), nan, bits.asF32().promote().asI64());
}

/**
 * Takes bits as they are, without rounding; a denormal single loses its low bits. Doubles too
 * small for any single, for which the architecture defines no result, become zeros.
 */
export function singleFromDouble(b: PpcBuilder, double: I64): I64 {
  const bits = b.let(double);
  const high = b.let(bits.shrU(32).toI32());
  const exponent = b.let(high.shrU(20).and(0x7ff));
  const plain = high.and(0xc0000000 | 0).or(bits.shrU(29).toI32().and(0x3fffffff));
  const fraction = bits.and(0xf_ffff_ffff_ffffn).or(1n << 52n);
  const shifted = fraction.shrU(i32(LARGEST_DENORMAL + 30).minus(exponent).extendU()).toI32();
  const denormal = high.and(0x80000000 | 0).or(select(exponent.ltU(SMALLEST_DENORMAL), i32(0), shifted));
  const isSmall = exponent.leU(LARGEST_DENORMAL).and(bits.shl(1).ne(0));
  return select(isSmall, denormal, plain).extendU();
}
