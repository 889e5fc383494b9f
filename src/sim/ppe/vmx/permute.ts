/** Merges, copies and permutes of elements (AltiVec PEM, chapter 6). */
import type { I32, V128 } from '../../engine/expr.ts';
import type { PpcBuilder } from '../builder.ts';
import { vx } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { bytes, pick, threeSources, twoSources } from './forms.ts';

/** Elements of vra and vrb by turns, from byte `first` on. */
function merge(mnemonic: string, number: number, doc: string, size: 1 | 2 | 4, first: 0 | 8): PpcInstruction {
  return twoSources(mnemonic, number, doc, (vra, vrb) => pick(vra, vrb, (k) => {
    const element = Math.floor(k / size);
    return first + Math.floor(element / 2) * size + (k % size) + 16 * (element % 2);
  }));
}

const immediate = (word: number): number => (word >>> 16) & 31;

/** Lanes of the bytes of an element, four of them in a word. */
function lanesOf(b: PpcBuilder, size: 1 | 2 | 4): V128 {
  const lane = (word: number, byte: number): number => (15 - (immediate(word) % (16 / size)) * size - (size - 1) + (byte % size)) << (8 * byte);
  return b.constant32('lanes', (word) => lane(word, 0) | lane(word, 1) | lane(word, 2) | lane(word, 3)).splat32();
}

function splat(mnemonic: string, number: number, uim: 'uim2' | 'uim3' | 'uim4', size: 1 | 2 | 4, doc: string): PpcInstruction {
  return insn(mnemonic, vx(number), `vrt vrb ${uim}`, doc, ({ vrt, vrb }, b) => { vrt.set(vrb.swizzle(lanesOf(b, size))); });
}

function splatImmediate(mnemonic: string, number: number, doc: string, copies: (value: I32) => V128): PpcInstruction {
  return insn(mnemonic, vx(number), 'vrt sim', doc, ({ vrt, sim }) => { vrt.set(copies(sim)); });
}

export const VMX_PERMUTE: readonly PpcInstruction[] = [
  merge('vmrghb', 12, 'Merges the high bytes.', 1, 0),
  merge('vmrghh', 76, 'Merges the high halfwords.', 2, 0),
  merge('vmrghw', 140, 'Merges the high words.', 4, 0),
  merge('vmrglb', 268, 'Merges the low bytes.', 1, 8),
  merge('vmrglh', 332, 'Merges the low halfwords.', 2, 8),
  merge('vmrglw', 396, 'Merges the low words.', 4, 8),
  splat('vspltb', 524, 'uim4', 1, 'Copies a byte to all bytes.'),
  splat('vsplth', 588, 'uim3', 2, 'Copies a halfword to all halfwords.'),
  splat('vspltw', 652, 'uim2', 4, 'Copies a word to all words.'),
  splatImmediate('vspltisb', 780, 'Sets all bytes to an immediate.', (value) => value.splat8()),
  splatImmediate('vspltish', 844, 'Sets all halfwords to an immediate.', (value) => value.splat16()),
  splatImmediate('vspltisw', 908, 'Sets all words to an immediate.', (value) => value.splat32()),
  threeSources('vperm', 43, 'Picks every byte from vra or vrb, as the low five bits of the byte of vrc say.', (vra, vrb, vrc, b) => {
    // Guest byte k of a register is lane 15-k; an index beyond 15 swizzles to 0, so OR joins the halves.
    const index = b.let(vrc.and(bytes(31)).xor(bytes(15)));
    return vra.swizzle(index).or(vrb.swizzle(index.xor(bytes(16))));
  }),
];
