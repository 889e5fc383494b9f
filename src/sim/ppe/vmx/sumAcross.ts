/** Sums of several elements of vra and one of vrb, saturating (AltiVec PEM, chapter 6). */
import { i64, select, type I64, type V128 } from '../../engine/expr.ts';
import type { PpcInstruction } from '../insn.ts';
import { addWordsS, addWordsU } from './add.ts';
import { NOTHING, twoSources } from './forms.ts';
import { I16X8, I32X4 } from '../../engine/lanes.ts';

const MOST = 0x7fff_ffffn;
const LEAST = -0x8000_0000n;

const word = (register: V128, lane: number): I64 => register.lane32(lane).extendS();

/** Sums of the words of some lanes, each clamped and left in the lowest of its lanes; the other words are 0. */
function sumOfWords(mnemonic: string, number: number, doc: string, groups: readonly (readonly number[])[]): PpcInstruction {
  return twoSources(mnemonic, number, doc, (vra, vrb, b) => {
    const [x, y] = [b.let(vra), b.let(vrb)];
    let result = NOTHING;
    for (const lanes of groups) {
      const last = Math.min(...lanes);
      const sum = b.let(lanes.reduce((total, lane) => total.plus(word(x, lane)), word(y, last)));
      const clamped = b.let(select(sum.gtS(MOST), i64(MOST), select(sum.ltS(LEAST), i64(LEAST), sum)));
      b.vscr.set(b.vscr.or(clamped.ne(sum)));
      result = result.withLane32(last, clamped.toI32());
    }
    return result;
  });
}

export const VMX_SUM_ACROSS: readonly PpcInstruction[] = [
  twoSources('vsum4ubs', 1544, 'Sums the unsigned bytes of words, saturating.', (vra, vrb, b) =>
    addWordsU(b, vra.simd(I16X8.addPairsU8).simd(I32X4.addPairsU16), vrb)),
  twoSources('vsum4sbs', 1800, 'Sums the signed bytes of words, saturating.', (vra, vrb, b) =>
    addWordsS(b, vra.simd(I16X8.addPairsS8).simd(I32X4.addPairsS16), vrb)),
  twoSources('vsum4shs', 1608, 'Sums the signed halfwords of words, saturating.', (vra, vrb, b) => addWordsS(b, vra.simd(I32X4.addPairsS16), vrb)),
  sumOfWords('vsum2sws', 1672, 'Sums the words of doublewords, saturating.', [[0, 1], [2, 3]]),
  sumOfWords('vsumsws', 1928, 'Sums all words, saturating.', [[0, 1, 2, 3]]),
];
