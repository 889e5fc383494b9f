/** Sums and differences (AltiVec PEM, chapter 6). */
import { i32, type V128 } from '../../engine/expr.ts';
import type { PpcBuilder } from '../builder.ts';
import type { PpcInstruction } from '../insn.ts';
import { operation, recordSaturation, twoSources, words } from './forms.ts';
import { I16X8, I32X4, I8X16 } from '../../engine/lanes.ts';

/** -1 and 0 of a comparison as 1 and 0. */
const asCarry = (mask: V128): V128 => mask.simd(I32X4.shrU, i32(31));

/** Elements for which WebAssembly saturates: they were where the modulo result differs. */
function saturating(mnemonic: string, number: number, doc: string, saturate: number, modulo: number): PpcInstruction {
  return twoSources(mnemonic, number, doc, (vra, vrb, b) => {
    const [x, y] = [b.let(vra), b.let(vrb)];
    const result = b.let(x.simd(saturate, y));
    recordSaturation(b, result.xor(x.simd(modulo, y)));
    return result;
  });
}

/** The largest positive word for sums that went negative, and the other way round. */
const opposite = (wrapped: V128): V128 => wrapped.simd(I32X4.shrS, i32(31)).xor(words(0x8000_0000));

/** A signed result, where `overflows` has a 1 in the sign of words that do not fit. */
export function saturateWords(b: PpcBuilder, wrapped: V128, overflows: V128): V128 {
  const mask = b.let(overflows.simd(I32X4.shrS, i32(31)));
  recordSaturation(b, mask);
  return opposite(wrapped).bitSelect(wrapped, mask);
}

export function addWordsS(b: PpcBuilder, vra: V128, vrb: V128): V128 {
  const [x, y] = [b.let(vra), b.let(vrb)];
  const sum = b.let(x.simd(I32X4.add, y));
  return saturateWords(b, sum, sum.xor(x).and(sum.xor(y)));
}

export function addWordsU(b: PpcBuilder, vra: V128, vrb: V128): V128 {
  const x = b.let(vra);
  const sum = b.let(x.simd(I32X4.add, vrb));
  const carries = b.let(sum.simd(I32X4.ltU, x));
  recordSaturation(b, carries);
  return sum.or(carries);
}

function subtractWordsS(b: PpcBuilder, vra: V128, vrb: V128): V128 {
  const [x, y] = [b.let(vra), b.let(vrb)];
  const difference = b.let(x.simd(I32X4.sub, y));
  return saturateWords(b, difference, x.xor(y).and(x.xor(difference)));
}

function subtractWordsU(b: PpcBuilder, vra: V128, vrb: V128): V128 {
  const [x, y] = [b.let(vra), b.let(vrb)];
  const borrows = b.let(x.simd(I32X4.ltU, y));
  recordSaturation(b, borrows);
  return x.simd(I32X4.sub, y).andNot(borrows);
}

export const VMX_ADD: readonly PpcInstruction[] = [
  operation('vaddubm', 0, 'Adds bytes modulo.', I8X16.add),
  operation('vadduhm', 64, 'Adds halfwords modulo.', I16X8.add),
  operation('vadduwm', 128, 'Adds words modulo.', I32X4.add),
  twoSources('vaddcuw', 384, 'Carries out of sums of words.', (vra, vrb, b) => {
    const x = b.let(vra);
    return asCarry(x.simd(I32X4.add, vrb).simd(I32X4.ltU, x));
  }),
  saturating('vaddubs', 512, 'Adds unsigned bytes and saturates.', I8X16.addSaturateU, I8X16.add),
  saturating('vadduhs', 576, 'Adds unsigned halfwords and saturates.', I16X8.addSaturateU, I16X8.add),
  twoSources('vadduws', 640, 'Adds unsigned words and saturates.', (vra, vrb, b) => addWordsU(b, vra, vrb)),
  saturating('vaddsbs', 768, 'Adds signed bytes and saturates.', I8X16.addSaturateS, I8X16.add),
  saturating('vaddshs', 832, 'Adds signed halfwords and saturates.', I16X8.addSaturateS, I16X8.add),
  twoSources('vaddsws', 896, 'Adds signed words and saturates.', (vra, vrb, b) => addWordsS(b, vra, vrb)),

  operation('vsububm', 1024, 'Subtracts bytes modulo.', I8X16.sub),
  operation('vsubuhm', 1088, 'Subtracts halfwords modulo.', I16X8.sub),
  operation('vsubuwm', 1152, 'Subtracts words modulo.', I32X4.sub),
  twoSources('vsubcuw', 1408, 'Carries out of differences of words: 1 where nothing is borrowed.', (vra, vrb) => asCarry(vra.simd(I32X4.geU, vrb))),
  saturating('vsububs', 1536, 'Subtracts unsigned bytes and saturates.', I8X16.subSaturateU, I8X16.sub),
  saturating('vsubuhs', 1600, 'Subtracts unsigned halfwords and saturates.', I16X8.subSaturateU, I16X8.sub),
  twoSources('vsubuws', 1664, 'Subtracts unsigned words and saturates.', (vra, vrb, b) => subtractWordsU(b, vra, vrb)),
  saturating('vsubsbs', 1792, 'Subtracts signed bytes and saturates.', I8X16.subSaturateS, I8X16.sub),
  saturating('vsubshs', 1856, 'Subtracts signed halfwords and saturates.', I16X8.subSaturateS, I16X8.sub),
  twoSources('vsubsws', 1920, 'Subtracts signed words and saturates.', (vra, vrb, b) => subtractWordsS(b, vra, vrb)),
];
