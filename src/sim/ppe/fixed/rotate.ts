/** Rotation with a mask (Book I, section 3.3.12.1). */
import type { I32, I64 } from '../../engine/expr.ts';
import { mask6, maskFrom, shift6, unsignedBits } from '../bits.ts';
import type { PpcBuilder } from '../builder.ts';
import { m, md, mds } from '../encodings.ts';
import type { PpcInstruction } from '../insn.ts';
import { recordForms } from '../variants.ts';

/** The low word twice, rotated: what the word forms mask. */
function rotatedWord(b: PpcBuilder, rs: I64, count: I32): I64 {
  const word = b.let(rs.toI32().rotl(count).extendU());
  return word.or(word.shl(32));
}

/** The mask of the word forms, `mb` and `me` counted in the low word. */
function wordMask(b: PpcBuilder): I64 {
  return b.constant64('mask', (word) => maskFrom(unsignedBits(word, 6, 5) + 32, unsignedBits(word, 1, 5) + 32));
}

function maskOf(b: PpcBuilder, of: (word: number) => bigint): I64 {
  return b.constant64('mask', of);
}

const fromBegin = (word: number): bigint => maskFrom(mask6(word), 63);
const toEnd = (word: number): bigint => maskFrom(0, mask6(word));
/** From the bit that `mb` names to where the rotated value ends. */
const aboveShift = (word: number): bigint => maskFrom(mask6(word), 63 - shift6(word));

export const ROTATE: readonly PpcInstruction[] = [
  ...recordForms('rlwinm', (rc) => m(21, rc), 'ra rs sh mb me', 'Rotates a word left and masks it', ({ ra, rs, sh }, b) =>
    ({ target: ra, value: rotatedWord(b, rs, sh).and(wordMask(b)) })),
  ...recordForms('rlwnm', (rc) => m(23, rc), 'ra rs rb mb me', 'Rotates a word left by a register and masks it', ({ ra, rs, rb }, b) =>
    ({ target: ra, value: rotatedWord(b, rs, rb.toI32()).and(wordMask(b)) })),
  ...recordForms('rlwimi', (rc) => m(20, rc), 'ra rs sh mb me', 'Rotates a word left and inserts it under a mask', ({ ra, rs, sh }, b) =>
    ({ target: ra, value: insert(rotatedWord(b, rs, sh), ra, wordMask(b)) })),
  ...recordForms('rldicl', (rc) => md(0, rc), 'ra rs sh6 mb6', 'Rotates left and clears the bits left of mb', ({ ra, rs, sh6 }, b) =>
    ({ target: ra, value: rs.rotl(sh6.extendU()).and(maskOf(b, fromBegin)) })),
  ...recordForms('rldicr', (rc) => md(1, rc), 'ra rs sh6 me6', 'Rotates left and clears the bits right of me', ({ ra, rs, sh6 }, b) =>
    ({ target: ra, value: rs.rotl(sh6.extendU()).and(maskOf(b, toEnd)) })),
  ...recordForms('rldic', (rc) => md(2, rc), 'ra rs sh6 mb6', 'Rotates left and clears on both sides', ({ ra, rs, sh6 }, b) =>
    ({ target: ra, value: rs.rotl(sh6.extendU()).and(maskOf(b, aboveShift)) })),
  ...recordForms('rldimi', (rc) => md(3, rc), 'ra rs sh6 mb6', 'Rotates left and inserts under a mask', ({ ra, rs, sh6 }, b) =>
    ({ target: ra, value: insert(rs.rotl(sh6.extendU()), ra, maskOf(b, aboveShift)) })),
  ...recordForms('rldcl', (rc) => mds(8, rc), 'ra rs rb mb6', 'Rotates left by a register and clears the bits left of mb', ({ ra, rs, rb }, b) =>
    ({ target: ra, value: rs.rotl(rb).and(maskOf(b, fromBegin)) })),
  ...recordForms('rldcr', (rc) => mds(9, rc), 'ra rs rb me6', 'Rotates left by a register and clears the bits right of me', ({ ra, rs, rb }, b) =>
    ({ target: ra, value: rs.rotl(rb).and(maskOf(b, toEnd)) })),
];

/** Bits of `value` under the mask, of `into` elsewhere. */
function insert(value: I64, into: I64, mask: I64): I64 {
  return value.and(mask).or(into.and(mask.not()));
}
