/** Extended mnemonics of fixed-point instructions (Book I, appendices B.3, B.4 and B.9). */
import { unsignedBits } from '../bits.ts';
import { d, fixed, OE, RC, x, xo, xWith } from '../encodings.ts';
import { alias, type PpcInstruction, spelling } from '../insn.ts';
import { dot, sentence } from '../variants.ts';

const RA = 31 << 16;

function exactly(mnemonic: string, aliasOf: string, word: number, doc: string): PpcInstruction {
  return alias(mnemonic, aliasOf, { mask: -1, match: word }, '', doc);
}

const sameSources = (word: number): boolean => unsignedBits(word, 21, 5) === unsignedBits(word, 11, 5);

function ofTwice(mnemonic: string, base: string, number: number, doc: string): PpcInstruction[] {
  return [false, true].map((record) =>
    alias(mnemonic + dot(record), base + dot(record), xWith(31, number, record ? RC : 0), 'ra rsTwice', sentence(doc, false, record), sameSources));
}

/** `sub` is `subf` with its sources in reading order. */
function subtract(mnemonic: string, base: string, number: number, doc: string): PpcInstruction[] {
  return [false, true].flatMap((overflows) => [false, true].map((record) => {
    const suffix = (overflows ? 'o' : '') + dot(record);
    return spelling(mnemonic + suffix, base + suffix, xo(number, overflows ? OE : 0, record ? RC : 0), 'rt rb ra', sentence(doc, overflows, record));
  }));
}

export const FIXED_ALIASES: readonly PpcInstruction[] = [
  exactly('nop', 'ori', 0x60000000, 'Does nothing.'),
  exactly('xnop', 'xori', 0x68000000, 'Does nothing.'),
  // Thread priority and dispatch delays of the PPE (CBE Handbook, section 10.5.2).
  exactly('cctpl', 'or', 0x7c210b78, 'Sets the thread to low priority.'),
  exactly('cctpm', 'or', 0x7c421378, 'Sets the thread to medium priority.'),
  exactly('cctph', 'or', 0x7c631b78, 'Sets the thread to high priority.'),
  exactly('db8cyc', 'or', 0x7f9ce378, 'Delays dispatch by 8 cycles.'),
  exactly('db10cyc', 'or', 0x7fbdeb78, 'Delays dispatch by 10 cycles.'),
  exactly('db12cyc', 'or', 0x7fdef378, 'Delays dispatch by 12 cycles.'),
  exactly('db16cyc', 'or', 0x7ffffb78, 'Delays dispatch by 16 cycles.'),
  alias('li', 'addi', fixed(d(14), RA, 0), 'rt si', 'Loads an immediate.'),
  alias('lis', 'addis', fixed(d(15), RA, 0), 'rt siHigh', 'Loads an immediate shifted left 16 bits.'),
  spelling('la', 'addi', d(14), 'rt d(ra0)', 'Loads an address.'),
  spelling('subi', 'addi', d(14), 'rt ra0 negatedSi', 'Subtracts an immediate.'),
  spelling('subis', 'addis', d(15), 'rt ra0 negatedSiHigh', 'Subtracts an immediate shifted left 16 bits.'),
  spelling('subic', 'addic', d(12), 'rt ra negatedSi', 'Subtracts an immediate; sets CA.'),
  spelling('subic.', 'addic.', d(13), 'rt ra negatedSi', 'Subtracts an immediate; sets CA and CR0.'),
  ...subtract('sub', 'subf', 40, 'Subtracts'),
  ...subtract('subc', 'subfc', 8, 'Subtracts; sets CA'),
  ...ofTwice('mr', 'or', 444, 'Copies a register'),
  ...ofTwice('not', 'nor', 124, 'Complements a register'),
  spelling('cmp', 'cmpw', x(31, 0), 'bft l ra rb', 'Compares words (L is 0) or doublewords, signed.'),
  spelling('cmpl', 'cmplw', x(31, 32), 'bft l ra rb', 'Compares words (L is 0) or doublewords, unsigned.'),
  spelling('cmpi', 'cmpwi', d(11), 'bft l ra si', 'Compares a word (L is 0) or doubleword with an immediate, signed.'),
  spelling('cmpli', 'cmplwi', d(10), 'bft l ra uiCompared', 'Compares a word (L is 0) or doubleword with an immediate, unsigned.'),
];
