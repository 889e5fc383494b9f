/** Fused and estimated single-precision results, which a helper computes (AltiVec PEM, chapter 6). */
import type { I32 } from '../../../engine/expr.ts';
import type { Encoding } from '../../../engine/isa.ts';
import { unsignedBits } from '../../bits.ts';
import type { PpcBuilder } from '../../builder.ts';
import { va, vx } from '../../encodings.ts';
import { insn, type PpcInstruction } from '../../insn.ts';
import { type VectorFloatName, vectorFloatNumber } from './operations.ts';

function byHelper(mnemonic: VectorFloatName, encoding: Encoding, operands: string, doc: string): PpcInstruction {
  return insn<string>(mnemonic, encoding, operands, doc, (_, b: PpcBuilder) => {
    const register = (name: string, shift: number): I32 => b.constant8(name, (word) => unsignedBits(word, shift, 5));
    b.call('vectorFloat', vectorFloatNumber(mnemonic), register('vrt', 21), register('vra', 16), register('vrb', 11), register('vrc', 6));
  });
}

export const VMX_FLOAT_HELPED: readonly PpcInstruction[] = [
  byHelper('vmaddfp', va(46), 'vrt vra vrc vrb', 'Multiplies and adds, rounding once.'),
  byHelper('vnmsubfp', va(47), 'vrt vra vrc vrb', 'Multiplies, subtracts and negates, rounding once.'),
  byHelper('vrefp', vx(266), 'vrt vrb', 'Estimates reciprocals.'),
  byHelper('vrsqrtefp', vx(330), 'vrt vrb', 'Estimates reciprocal square roots.'),
  byHelper('vexptefp', vx(394), 'vrt vrb', 'Estimates powers of 2.'),
  byHelper('vlogefp', vx(458), 'vrt vrb', 'Estimates logarithms to base 2.'),
];
