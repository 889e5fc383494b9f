/** Larger and smaller elements, averages and comparisons (AltiVec PEM, chapter 6). */
import { i32, type I32, type V128 } from '../../engine/expr.ts';
import type { PpcBuilder } from '../builder.ts';
import { vxr } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { bytes, halfwords, operation, twoSources } from './forms.ts';
import { I16X8, I32X4, I8X16 } from '../../engine/lanes.ts';

/** Signed elements in the order of unsigned ones: both move by half the range. */
function averageSigned(mnemonic: string, number: number, doc: string, average: number, half: V128): PpcInstruction {
  return twoSources(mnemonic, number, doc, (vra, vrb) => vra.xor(half).simd(average, vrb.xor(half)).xor(half));
}

/** Half the sum without the 33rd bit: what both have, and half of where they differ, rounded up. */
function averageWords(mnemonic: string, number: number, doc: string, shift: number): PpcInstruction {
  return twoSources(mnemonic, number, doc, (vra, vrb, b) => {
    const [x, y] = [b.let(vra), b.let(vrb)];
    return x.or(y).simd(I32X4.sub, x.xor(y).simd(shift, i32(1)));
  });
}

type Comparison = (vra: V128, vrb: V128, b: PpcBuilder) => V128;
const CR6 = 6;

/** 1 if all elements compare so. */
const allOf = (result: V128): I32 => result.simdTest(I8X16.allTrue);

/** A comparison, and its form that sets bits of CR6: `all`, and whether no element has a one. */
export function comparison(mnemonic: string, number: number, doc: string, compare: Comparison, all = allOf): PpcInstruction[] {
  return [
    insn(mnemonic, vxr(number, false), 'vrt vra vrb', `${doc}.`, ({ vrt, vra, vrb }, b) => { vrt.set(compare(vra, vrb, b)); }),
    insn(`${mnemonic}.`, vxr(number, true), 'vrt vra vrb', `${doc}; sets CR6.`, ({ vrt, vra, vrb }, b) => {
      const result = b.let(compare(vra, vrb, b));
      b.crField(CR6).set(b.conditions(all(result), i32(0), result.anyTrue().eqz(), i32(0)));
      vrt.set(result);
    }),
  ];
}

const compared = (mnemonic: string, number: number, doc: string, sub: number): PpcInstruction[] =>
  comparison(mnemonic, number, doc, (vra, vrb) => vra.simd(sub, vrb));

export const VMX_ORDER: readonly PpcInstruction[] = [
  operation('vmaxub', 2, 'Larger unsigned bytes.', I8X16.maxU),
  operation('vmaxuh', 66, 'Larger unsigned halfwords.', I16X8.maxU),
  operation('vmaxuw', 130, 'Larger unsigned words.', I32X4.maxU),
  operation('vmaxsb', 258, 'Larger signed bytes.', I8X16.maxS),
  operation('vmaxsh', 322, 'Larger signed halfwords.', I16X8.maxS),
  operation('vmaxsw', 386, 'Larger signed words.', I32X4.maxS),
  operation('vminub', 514, 'Smaller unsigned bytes.', I8X16.minU),
  operation('vminuh', 578, 'Smaller unsigned halfwords.', I16X8.minU),
  operation('vminuw', 642, 'Smaller unsigned words.', I32X4.minU),
  operation('vminsb', 770, 'Smaller signed bytes.', I8X16.minS),
  operation('vminsh', 834, 'Smaller signed halfwords.', I16X8.minS),
  operation('vminsw', 898, 'Smaller signed words.', I32X4.minS),

  operation('vavgub', 1026, 'Averages unsigned bytes, rounding up.', I8X16.averageU),
  operation('vavguh', 1090, 'Averages unsigned halfwords, rounding up.', I16X8.averageU),
  averageWords('vavguw', 1154, 'Averages unsigned words, rounding up.', I32X4.shrU),
  averageSigned('vavgsb', 1282, 'Averages signed bytes, rounding up.', I8X16.averageU, bytes(0x80)),
  averageSigned('vavgsh', 1346, 'Averages signed halfwords, rounding up.', I16X8.averageU, halfwords(0x8000)),
  averageWords('vavgsw', 1410, 'Averages signed words, rounding up.', I32X4.shrS),

  ...compared('vcmpequb', 6, 'All ones where bytes are equal', I8X16.eq),
  ...compared('vcmpequh', 70, 'All ones where halfwords are equal', I16X8.eq),
  ...compared('vcmpequw', 134, 'All ones where words are equal', I32X4.eq),
  ...compared('vcmpgtub', 518, 'All ones where unsigned bytes of vra are greater', I8X16.gtU),
  ...compared('vcmpgtuh', 582, 'All ones where unsigned halfwords of vra are greater', I16X8.gtU),
  ...compared('vcmpgtuw', 646, 'All ones where unsigned words of vra are greater', I32X4.gtU),
  ...compared('vcmpgtsb', 774, 'All ones where signed bytes of vra are greater', I8X16.gtS),
  ...compared('vcmpgtsh', 838, 'All ones where signed halfwords of vra are greater', I16X8.gtS),
  ...compared('vcmpgtsw', 902, 'All ones where signed words of vra are greater', I32X4.gtS),
];
