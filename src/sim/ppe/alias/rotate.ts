/** Extended mnemonics of rotations (Book I, appendix B.7). */
import { encodeMask6, encodeShift6, mask6, shift6, unsignedBits } from '../bits.ts';
import { fixed, m, md, mds, RC } from '../encodings.ts';
import { alias, type PpcInstruction, spelling } from '../insn.ts';
import { dot, sentence } from '../variants.ts';
import type { Encoding } from '../../engine/isa.ts';

const SH = 31 << 11;
const MB = 31 << 6;
const ME = 31 << 1;
const SH6 = encodeShift6(63);
const MB6 = encodeMask6(63);

const sh = (word: number): number => unsignedBits(word, 11, 5);
const mb = (word: number): number => unsignedBits(word, 6, 5);
const me = (word: number): number => unsignedBits(word, 1, 5);

type Make = (suffix: string, record: number) => PpcInstruction;

function both(make: Make): PpcInstruction[] {
  return [make('', 0), make(dot(true), RC)];
}

function printed(
  mnemonic: string,
  base: string,
  encoding: (record: number) => Encoding,
  operands: string,
  doc: string,
  suits?: (word: number) => boolean,
): PpcInstruction[] {
  return both((suffix, rc) => alias(mnemonic + suffix, base + suffix, encoding(rc), operands, sentence(doc, false, rc !== 0), suits));
}

function unprinted(mnemonic: string, base: string, encoding: (record: number) => Encoding, operands: string, doc: string): PpcInstruction[] {
  return both((suffix, rc) => spelling(mnemonic + suffix, base + suffix, encoding(rc), operands, sentence(doc, false, rc !== 0)));
}

/** Fields that two operands after ra and rs make together, or undefined when they do not go together. */
type Fields = (first: number, second: number) => number | undefined;

function combined(mnemonic: string, base: string, encoding: (record: number) => Encoding, operands: string, doc: string, fields: Fields): PpcInstruction[] {
  const combine = ([ra = 0, rs = 0, first = 0, second = 0]: readonly number[]): number | undefined => {
    const bits = fields(first, second);
    return bits === undefined ? undefined : (rs << 21) | (ra << 16) | bits;
  };
  return unprinted(mnemonic, base, encoding, operands, doc).map((entry) => ({ ...entry, combine }));
}

const rlwinm = (rc: number): Encoding => m(21, rc);
const rlwimi = (rc: number): Encoding => m(20, rc);
const rlwnm = (rc: number): Encoding => m(23, rc);
const rldicl = (rc: number): Encoding => md(0, rc);
const rldicr = (rc: number): Encoding => md(1, rc);
const rldic = (rc: number): Encoding => md(2, rc);
const rldimi = (rc: number): Encoding => md(3, rc);

function wordFields(shift: number, begin: number, end: number): number {
  return ((shift & 31) << 11) | (begin << 6) | (end << 1);
}

function doubleFields(shift: number, mask: number): number {
  return encodeShift6(shift & 63) | encodeMask6(mask);
}

export const ROTATE_ALIASES: readonly PpcInstruction[] = [
  ...printed('rotlwi', 'rlwinm', (rc) => fixed(rlwinm(rc), MB | ME, 31 << 1), 'ra rs sh', 'Rotates a word left'),
  ...unprinted('rotrwi', 'rlwinm', (rc) => fixed(rlwinm(rc), MB | ME, 31 << 1), 'ra rs rotrwi', 'Rotates a word right'),
  ...printed('clrlwi', 'rlwinm', (rc) => fixed(rlwinm(rc), SH | ME, 31 << 1), 'ra rs mb', 'Clears the high bits of a word'),
  ...printed('clrrwi', 'rlwinm', (rc) => fixed(rlwinm(rc), SH | MB, 0), 'ra rs clrrwi', 'Clears the low bits of a word'),
  ...printed('slwi', 'rlwinm', (rc) => fixed(rlwinm(rc), MB, 0), 'ra rs slwi', 'Shifts a word left', (word) => me(word) === 31 - sh(word)),
  ...printed('srwi', 'rlwinm', (rc) => fixed(rlwinm(rc), ME, 31 << 1), 'ra rs srwi', 'Shifts a word right', (word) => sh(word) + mb(word) === 32),
  ...unprinted('extlwi', 'rlwinm', (rc) => fixed(rlwinm(rc), MB, 0), 'ra rs extlwi sh', 'Extracts bits of a word to its high end'),
  ...combined('extrwi', 'rlwinm', rlwinm, 'ra rs wordBits wordBit', 'Extracts bits of a word to its low end',
    (n, b) => (n + b > 32 ? undefined : wordFields(b + n, 32 - n, 31))),
  ...combined('clrlslwi', 'rlwinm', rlwinm, 'ra rs wordBit wordShift', 'Clears high bits of a word and shifts it left',
    (b, n) => (n > b ? undefined : wordFields(n, b - n, 31 - n))),
  ...combined('inslwi', 'rlwimi', rlwimi, 'ra rs wordBits wordBit', 'Inserts the high bits of a word',
    (n, b) => (n + b > 32 ? undefined : wordFields(32 - b, b, b + n - 1))),
  ...combined('insrwi', 'rlwimi', rlwimi, 'ra rs wordBits wordBit', 'Inserts the low bits of a word',
    (n, b) => (n + b > 32 ? undefined : wordFields(32 - (b + n), b, b + n - 1))),
  ...unprinted('rlwinm', 'rlwinm', rlwinm, 'ra rs sh wordMask', 'Rotates a word left and ANDs it with a mask'),
  ...unprinted('rlwimi', 'rlwimi', rlwimi, 'ra rs sh wordMask', 'Rotates a word left and inserts it under a mask'),
  ...unprinted('rlwnm', 'rlwnm', rlwnm, 'ra rs rb wordMask', 'Rotates a word left by a register and ANDs it with a mask'),
  ...printed('rotlw', 'rlwnm', (rc) => fixed(rlwnm(rc), MB | ME, 31 << 1), 'ra rs rb', 'Rotates a word left by a register'),

  ...printed('rotldi', 'rldicl', (rc) => fixed(rldicl(rc), MB6, 0), 'ra rs sh6', 'Rotates left'),
  ...unprinted('rotrdi', 'rldicl', (rc) => fixed(rldicl(rc), MB6, 0), 'ra rs rotrdi', 'Rotates right'),
  ...printed('clrldi', 'rldicl', (rc) => fixed(rldicl(rc), SH6, 0), 'ra rs mb6', 'Clears the high bits'),
  ...printed('srdi', 'rldicl', rldicl, 'ra rs srdi', 'Shifts right', (word) => shift6(word) + mask6(word) === 64),
  ...printed('clrrdi', 'rldicr', (rc) => fixed(rldicr(rc), SH6, 0), 'ra rs clrrdi', 'Clears the low bits'),
  ...printed('sldi', 'rldicr', rldicr, 'ra rs sldi', 'Shifts left', (word) => mask6(word) === 63 - shift6(word)),
  ...unprinted('extldi', 'rldicr', rldicr, 'ra rs extldi sh6', 'Extracts bits to the high end'),
  ...combined('extrdi', 'rldicl', rldicl, 'ra rs doubleBits doubleBit', 'Extracts bits to the low end',
    (n, b) => (n + b > 64 ? undefined : doubleFields(b + n, 64 - n))),
  ...combined('clrlsldi', 'rldic', rldic, 'ra rs doubleBit doubleShift', 'Clears high bits and shifts left',
    (b, n) => (n > b ? undefined : doubleFields(n, b - n))),
  ...combined('insrdi', 'rldimi', rldimi, 'ra rs doubleBits doubleBit', 'Inserts the low bits',
    (n, b) => (n + b > 64 ? undefined : doubleFields(64 - (b + n), b))),
  ...printed('rotld', 'rldcl', (rc) => fixed(mds(8, rc), MB6, 0), 'ra rs rb', 'Rotates left by a register'),
];
