/** Conversions between single precision and integers of a scale (AltiVec PEM, chapter 6). */
import type { V128 } from '../../../engine/expr.ts';
import { unsignedBits } from '../../bits.ts';
import type { PpcBuilder } from '../../builder.ts';
import { vx } from '../../encodings.ts';
import { insn, type PpcInstruction } from '../../insn.ts';
import { recordSaturation, words } from '../forms.ts';
import { F32X4, I32X4 } from '../../../engine/lanes.ts';

const EXPONENT_OF_1 = 127;
const FRACTION_BITS = 23;
const TWO_TO_31 = words((EXPONENT_OF_1 + 31) << FRACTION_BITS);
const TWO_TO_32 = words((EXPONENT_OF_1 + 32) << FRACTION_BITS);
const MINUS_1 = words(0xbf80_0000);
const MINUS_TWO_TO_31 = words(0xcf00_0000);

/** 2 to the power of the immediate, or of its negative, in every element. */
function scale(b: PpcBuilder, sign: 1 | -1): V128 {
  return b.constant32('scale', (word) => (EXPONENT_OF_1 + sign * unsignedBits(word, 16, 5)) << FRACTION_BITS).splat32();
}

function fromInteger(mnemonic: string, number: number, doc: string, convert: number): PpcInstruction {
  return insn(mnemonic, vx(number), 'vrt vrb uim', doc, ({ vrt, vrb }, b) => { vrt.set(vrb.simd(convert).simd(F32X4.mul, scale(b, -1))); });
}

/** What does not fit saturates; a NaN gives 0. */
function toInteger(mnemonic: string, number: number, doc: string, truncate: number, isBeyond: (value: V128) => V128): PpcInstruction {
  return insn(mnemonic, vx(number), 'vrt vrb uim', doc, ({ vrt, vrb }, b) => {
    const scaled = b.let(vrb.simd(F32X4.mul, scale(b, 1)));
    recordSaturation(b, isBeyond(scaled));
    vrt.set(scaled.simd(truncate));
  });
}

export const VMX_FLOAT_CONVERT: readonly PpcInstruction[] = [
  fromInteger('vcfux', 778, 'Converts unsigned words, divided by a power of 2.', F32X4.convertU32),
  fromInteger('vcfsx', 842, 'Converts signed words, divided by a power of 2.', F32X4.convertS32),
  toInteger('vctuxs', 906, 'Converts to unsigned words, multiplied by a power of 2, saturating.', I32X4.truncateU, (value) =>
    value.simd(F32X4.ge, TWO_TO_32).or(value.simd(F32X4.le, MINUS_1))),
  toInteger('vctsxs', 970, 'Converts to signed words, multiplied by a power of 2, saturating.', I32X4.truncateS, (value) =>
    value.simd(F32X4.ge, TWO_TO_31).or(MINUS_TWO_TO_31.simd(F32X4.gt, value))),
];
