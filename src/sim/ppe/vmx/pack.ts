/** Packs to elements of half the size, and back (AltiVec PEM, chapter 6). */
import { i32, type V128 } from '../../engine/expr.ts';
import type { PpcInstruction } from '../insn.ts';
import { halfwords, oneSource, pick, recordSaturation, twoSources, words } from './forms.ts';
import { I16X8, I32X4, I8X16 } from '../../engine/lanes.ts';

/** The low half of every element of `size` bytes. */
function modulo(mnemonic: string, number: number, doc: string, size: 2 | 4): PpcInstruction {
  const half = size / 2;
  return twoSources(mnemonic, number, doc, (vra, vrb) => pick(vra, vrb, (k) => Math.floor(k / half) * size + half + (k % half)));
}

interface Saturation {
  readonly narrow: number;
  /** What does not fit has a 1 here, ... */
  readonly beyond: V128;
  /** ... once this is added, so that all that fit are from 0 on. */
  readonly bias?: { readonly add: number; readonly half: V128 };
  /** For unsigned sources, which WebAssembly would take as signed: the smaller of the element and the limit. */
  readonly limit?: { readonly min: number; readonly most: V128 };
}

function saturating(mnemonic: string, number: number, doc: string, { narrow, beyond, bias, limit }: Saturation): PpcInstruction {
  const moved = (v: V128): V128 => (bias ? v.simd(bias.add, bias.half) : v);
  const limited = (v: V128): V128 => (limit ? v.simd(limit.min, limit.most) : v);
  return twoSources(mnemonic, number, doc, (vra, vrb, b) => {
    const [x, y] = [b.let(vra), b.let(vrb)];
    recordSaturation(b, moved(x).or(moved(y)).and(beyond));
    // The first operand gives the low lanes, which are the last guest elements.
    return limited(y).simd(narrow, limited(x));
  });
}

const BEYOND_BYTES = halfwords(0xff00);
const BEYOND_HALFWORDS = words(0xffff_0000);

/** 1 bit and three components of 5 of every word, which are the upper bits of its bytes. */
const packPixels = (word: V128): V128 =>
  word.simd(I32X4.shrU, i32(9)).and(words(0xfc00)).or(word.simd(I32X4.shrU, i32(6)).and(words(0x03e0))).or(word.simd(I32X4.shrU, i32(3)).and(words(0x001f)));

/** The reverse, from sign-extended pixels. */
const unpackPixels = (pixel: V128): V128 =>
  pixel.and(words(0xff00_001f)).or(pixel.simd(I32X4.shl, i32(6)).and(words(0x1f_0000))).or(pixel.simd(I32X4.shl, i32(3)).and(words(0x1f00)));

export const VMX_PACK: readonly PpcInstruction[] = [
  modulo('vpkuhum', 14, 'Packs halfwords modulo.', 2),
  modulo('vpkuwum', 78, 'Packs words modulo.', 4),
  saturating('vpkuhus', 142, 'Packs unsigned halfwords to unsigned bytes and saturates.', {
    narrow: I8X16.narrowU16, beyond: BEYOND_BYTES, limit: { min: I16X8.minU, most: halfwords(0xff) },
  }),
  saturating('vpkuwus', 206, 'Packs unsigned words to unsigned halfwords and saturates.', {
    narrow: I16X8.narrowU32, beyond: BEYOND_HALFWORDS, limit: { min: I32X4.minU, most: words(0xffff) },
  }),
  saturating('vpkshus', 270, 'Packs signed halfwords to unsigned bytes and saturates.', { narrow: I8X16.narrowU16, beyond: BEYOND_BYTES }),
  saturating('vpkswus', 334, 'Packs signed words to unsigned halfwords and saturates.', { narrow: I16X8.narrowU32, beyond: BEYOND_HALFWORDS }),
  saturating('vpkshss', 398, 'Packs signed halfwords to signed bytes and saturates.', {
    narrow: I8X16.narrowS16, beyond: BEYOND_BYTES, bias: { add: I16X8.add, half: halfwords(0x80) },
  }),
  saturating('vpkswss', 462, 'Packs signed words to signed halfwords and saturates.', {
    narrow: I16X8.narrowS32, beyond: BEYOND_HALFWORDS, bias: { add: I32X4.add, half: words(0x8000) },
  }),
  twoSources('vpkpx', 782, 'Packs pixels.', (vra, vrb, b) => packPixels(b.let(vrb)).simd(I16X8.narrowU32, packPixels(b.let(vra)))),
  oneSource('vupkhsb', 526, 'Unpacks the high bytes, extending their sign.', (vrb) => vrb.simd(I16X8.extendHighS8)),
  oneSource('vupkhsh', 590, 'Unpacks the high halfwords, extending their sign.', (vrb) => vrb.simd(I32X4.extendHighS16)),
  oneSource('vupklsb', 654, 'Unpacks the low bytes, extending their sign.', (vrb) => vrb.simd(I16X8.extendLowS8)),
  oneSource('vupklsh', 718, 'Unpacks the low halfwords, extending their sign.', (vrb) => vrb.simd(I32X4.extendLowS16)),
  oneSource('vupkhpx', 846, 'Unpacks the high pixels.', (vrb, b) => unpackPixels(b.let(vrb.simd(I32X4.extendHighS16)))),
  oneSource('vupklpx', 974, 'Unpacks the low pixels.', (vrb, b) => unpackPixels(b.let(vrb.simd(I32X4.extendLowS16)))),
];
