/** What single-precision meanings share: denormals and NaNs (AltiVec PEM, section 3.2). */
import { i32, type V128 } from '../../../engine/expr.ts';
import type { PpcBuilder } from '../../builder.ts';
import { bytes, words } from '../forms.ts';
import { F32X4, I32X4 } from '../../../engine/lanes.ts';

const EXPONENT = words(0x7f80_0000);
const QUIET = words(0x40_0000);
const DEFAULT_NAN = words(0x7fc0_0000);
const NJ_TO_SIGN = 15;
const ZERO = bytes(0);

/** Makes what turns denormals into zeros of their sign where VSCR[NJ] says so. */
export function flusher(b: PpcBuilder): (value: V128) => V128 {
  const signs = b.vscr.shl(NJ_TO_SIGN).shrS(31).splat32();
  const allButSign = b.let(signs.simd(I32X4.shrU, i32(1)));
  return (value) => {
    const plain = b.let(value);
    return b.let(plain.andNot(plain.and(EXPONENT).simd(I32X4.eq, ZERO).and(allButSign)));
  };
}

/** The first NaN of the sources, quieted, where one is a NaN; else the default, for an invalid operation. */
function nanOf(sources: readonly V128[]): V128 {
  return sources.reduceRight((nan, source) => source.or(QUIET).bitSelect(nan, source.simd(F32X4.ne, source)), DEFAULT_NAN);
}

/** Sets a result, whose NaNs are made from the sources: those of WebAssembly may have any payload. */
export function setResult(b: PpcBuilder, vrt: { set(value: V128): void }, result: V128, ...sources: readonly V128[]): void {
  const isNaN = b.let(result.simd(F32X4.ne, result));
  b.if(isNaN.anyTrue(), () => { vrt.set(nanOf(sources).bitSelect(result, isNaN)); }, () => { vrt.set(result); });
}
