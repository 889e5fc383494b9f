/** Products and sums of products (AltiVec PEM, chapter 6). Even elements are the upper halves of their pairs. */
import { i32, type V128 } from '../../engine/expr.ts';
import type { PpcBuilder } from '../builder.ts';
import type { PpcInstruction } from '../insn.ts';
import { saturateWords } from './add.ts';
import { halfwords, recordSaturation, threeSources, twoSources, words } from './forms.ts';
import { I16X8, I32X4 } from '../../engine/lanes.ts';

type Half = (pairs: V128) => V128;
const evenBytesU: Half = (v) => v.simd(I16X8.shrU, i32(8));
const evenBytesS: Half = (v) => v.simd(I16X8.shrS, i32(8));
const oddBytesU: Half = (v) => v.and(halfwords(0xff));
const oddBytesS: Half = (v) => v.simd(I16X8.shl, i32(8)).simd(I16X8.shrS, i32(8));
const evenHalfwordsU: Half = (v) => v.simd(I32X4.shrU, i32(16));
const evenHalfwordsS: Half = (v) => v.simd(I32X4.shrS, i32(16));
const oddHalfwordsU: Half = (v) => v.and(words(0xffff));
const oddHalfwordsS: Half = (v) => v.simd(I32X4.shl, i32(16)).simd(I32X4.shrS, i32(16));

const product = (mul: number, x: V128, y: V128, of: Half): V128 => of(x).simd(mul, of(y));

function multiply(mnemonic: string, number: number, doc: string, mul: number, half: Half): PpcInstruction {
  return twoSources(mnemonic, number, doc, (vra, vrb) => product(mul, vra, vrb, half));
}

/** Upper 17 bits of the products of halfwords, rounded by what is `added`, plus vrc. */
function multiplyHigh(mnemonic: string, number: number, doc: string, added: number): PpcInstruction {
  const sum = (times: V128, addend: V128): V128 => {
    const rounded = added === 0 ? times : times.simd(I32X4.add, words(added));
    return rounded.simd(I32X4.shrS, i32(15)).simd(I32X4.add, addend);
  };
  return threeSources(mnemonic, number, doc, (vra, vrb, vrc, b) => {
    const [x, y, z] = [b.let(vra), b.let(vrb), b.let(vrc)];
    const low = b.let(sum(x.simd(I32X4.timesLowS16, y), z.simd(I32X4.extendLowS16)));
    const high = b.let(sum(x.simd(I32X4.timesHighS16, y), z.simd(I32X4.extendHighS16)));
    const bias = words(0x8000);
    recordSaturation(b, low.simd(I32X4.add, bias).or(high.simd(I32X4.add, bias)).and(words(0xffff_0000)));
    return low.simd(I16X8.narrowS32, high);
  });
}

function saturatedSumU(b: PpcBuilder, vra: V128, vrb: V128, vrc: V128): V128 {
  const [x, y, z] = [b.let(vra), b.let(vrb), b.let(vrc)];
  const even = b.let(product(I32X4.mul, x, y, evenHalfwordsU));
  const both = b.let(even.simd(I32X4.add, product(I32X4.mul, x, y, oddHalfwordsU)));
  const sum = b.let(both.simd(I32X4.add, z));
  const carries = b.let(both.simd(I32X4.ltU, even).or(sum.simd(I32X4.ltU, z)));
  recordSaturation(b, carries);
  return sum.or(carries);
}

/** Two products add up to 2^31 at most, which a word has as its negative: those have the other sign. */
function saturatedSumS(b: PpcBuilder, vra: V128, vrb: V128, vrc: V128): V128 {
  const addend = b.let(vrc);
  const products = b.let(vra.simd(I32X4.dotS16, vrb));
  const sign = products.andNot(products.simd(I32X4.eq, words(0x8000_0000)));
  const sum = b.let(products.simd(I32X4.add, addend));
  return saturateWords(b, sum, sum.xor(sign).and(sum.xor(addend)));
}

export const VMX_MULTIPLY: readonly PpcInstruction[] = [
  multiply('vmuleub', 520, 'Multiplies even unsigned bytes.', I16X8.mul, evenBytesU),
  multiply('vmuleuh', 584, 'Multiplies even unsigned halfwords.', I32X4.mul, evenHalfwordsU),
  multiply('vmulesb', 776, 'Multiplies even signed bytes.', I16X8.mul, evenBytesS),
  multiply('vmulesh', 840, 'Multiplies even signed halfwords.', I32X4.mul, evenHalfwordsS),
  multiply('vmuloub', 8, 'Multiplies odd unsigned bytes.', I16X8.mul, oddBytesU),
  multiply('vmulouh', 72, 'Multiplies odd unsigned halfwords.', I32X4.mul, oddHalfwordsU),
  multiply('vmulosb', 264, 'Multiplies odd signed bytes.', I16X8.mul, oddBytesS),
  multiply('vmulosh', 328, 'Multiplies odd signed halfwords.', I32X4.mul, oddHalfwordsS),

  multiplyHigh('vmhaddshs', 32, 'Multiplies, takes the high halves and adds, saturating.', 0),
  multiplyHigh('vmhraddshs', 33, 'Multiplies, takes the rounded high halves and adds, saturating.', 0x4000),
  threeSources('vmladduhm', 34, 'Multiplies and adds, low halves.', (vra, vrb, vrc) => vra.simd(I16X8.mul, vrb).simd(I16X8.add, vrc)),

  threeSources('vmsumubm', 36, 'Sums four products of unsigned bytes, modulo.', (vra, vrb, vrc, b) => {
    const [x, y] = [b.let(vra), b.let(vrb)];
    const pairs = (half: Half): V128 => product(I16X8.mul, x, y, half).simd(I32X4.addPairsU16);
    return pairs(evenBytesU).simd(I32X4.add, pairs(oddBytesU)).simd(I32X4.add, vrc);
  }),
  threeSources('vmsummbm', 37, 'Sums four products of signed bytes of vra and unsigned ones of vrb, modulo.', (vra, vrb, vrc, b) => {
    const [x, y] = [b.let(vra), b.let(vrb)];
    const even = evenBytesS(x).simd(I16X8.mul, evenBytesU(y)).simd(I32X4.addPairsS16);
    const odd = oddBytesS(x).simd(I16X8.mul, oddBytesU(y)).simd(I32X4.addPairsS16);
    return even.simd(I32X4.add, odd).simd(I32X4.add, vrc);
  }),
  threeSources('vmsumuhm', 38, 'Sums two products of unsigned halfwords, modulo.', (vra, vrb, vrc, b) => {
    const [x, y] = [b.let(vra), b.let(vrb)];
    return product(I32X4.mul, x, y, evenHalfwordsU).simd(I32X4.add, product(I32X4.mul, x, y, oddHalfwordsU)).simd(I32X4.add, vrc);
  }),
  threeSources('vmsumuhs', 39, 'Sums two products of unsigned halfwords, saturating.', (vra, vrb, vrc, b) => saturatedSumU(b, vra, vrb, vrc)),
  threeSources('vmsumshm', 40, 'Sums two products of signed halfwords, modulo.', (vra, vrb, vrc) => vra.simd(I32X4.dotS16, vrb).simd(I32X4.add, vrc)),
  threeSources('vmsumshs', 41, 'Sums two products of signed halfwords, saturating.', (vra, vrb, vrc, b) => saturatedSumS(b, vra, vrb, vrc)),
];
