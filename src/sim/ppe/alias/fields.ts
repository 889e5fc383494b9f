/**
 * Operands of extended mnemonics that are not fields of the architecture: shift counts that
 * fix two fields, negated immediates, the CR field of a condition. They have no meaning of
 * their own; the word that they make is that of the instruction spelled out.
 */
import type { Field, OperandKind } from '../../engine/isa.ts';
import { encodeMask6, encodeShift6, fits, mask6, maskFrom, rangeText, shift6, signedBits, unsignedBits } from '../bits.ts';
import type { PpcBuilder } from '../builder.ts';

type AliasField = Field<PpcBuilder, undefined>;

function field(
  name: string,
  low: number,
  high: number,
  encode: (value: number) => number,
  decode: (word: number) => number,
  kind: OperandKind = 'immediate',
  prefix = '',
): AliasField {
  return {
    name,
    kind,
    encode: (value) => (fits(value, low, high) ? encode(value) : undefined),
    decode,
    range: prefix === '' ? rangeText(low, high) : `${prefix}${String(low)} to ${prefix}${String(high)}`,
    handle: () => undefined,
  };
}

const sh = (word: number): number => unsignedBits(word, 11, 5);
const mb = (word: number): number => unsignedBits(word, 6, 5);
const me = (word: number): number => unsignedBits(word, 1, 5);

function negated(name: string, low: number, high: number): AliasField {
  return field(name, low, high, (value) => -value & 0xffff, (word) => -signedBits(word, 0, 16));
}

/** Operands of the mnemonics that compute fields from several of them; `combine` makes the word. */
function part(name: string, low: number, high: number): AliasField {
  return field(name, low, high, () => 0, () => 0);
}

/** A source register written once for two fields. */
function twice(name: string, kind: OperandKind, shifts: readonly [number, number], prefix: string): AliasField {
  const [first, second] = shifts;
  return field(name, 0, 31, (value) => (value << first) | (value << second), (word) => unsignedBits(word, first, 5), kind, prefix);
}

const boOf = (word: number): number => unsignedBits(word, 21, 5);

/** The "at" bits of BO: 0b11 likely taken, 0b10 likely not (architecture 2.02, book I, figure 21). Values that have none take no hint. */
function hinted(name: string, likely: 0 | 1): AliasField {
  const encode = (bo: number): number | undefined => {
    const hints = { 0b00100: [0b11, 0b10 | likely], 0b10000: [0b1001, 0b1000 | likely] }[bo & 0b10100];
    const [mask = 0, hint = 0] = hints ?? [];
    return mask !== 0 && ((bo & mask) === 0 || (bo & mask) === hint) ? (bo | hint) << 21 : undefined;
  };
  return {
    ...field(name, 0, 31, () => 0, boOf),
    encode: (value) => (fits(value, 0, 31) ? encode(value) : undefined),
    range: '4, 12, 16 or 18 (the others have no hint)',
  };
}

/** The first and the last one of a mask of 32 bits, which may go around its end. */
function maskEnds(mask: number): number | undefined {
  const ones = (mask & 1) !== 0 && (mask & 0x80000000) !== 0 ? ~mask : mask;
  const begin = Math.clz32(ones);
  const end = 31 - Math.clz32(ones & -ones);
  if (ones !== 0 && (ones >>> 0) !== 2 ** (32 - begin) - 2 ** end) return undefined;
  if (mask === 0) return undefined;
  if (ones === 0) return ends(0, 31);
  return ones === mask ? ends(begin, 31 - end) : ends(32 - end, begin - 1);
}

function ends(begin: number, end: number): number {
  return (begin << 6) | (end << 1);
}

const wordMask: AliasField = {
  ...field('wordMask', -0x80000000, 0xffffffff, () => 0, (word) => Number(BigInt.asIntN(32, maskFrom(mb(word) + 32, me(word) + 32)))),
  encode: (value) => (fits(value, -0x80000000, 0xffffffff) ? maskEnds(value | 0) : undefined),
  range: 'one run of ones in 32 bits, such as 0xff00 or 0xf000000f',
};

export const ALIAS_FIELDS = {
  negatedSi: negated('negatedSi', -32767, 32768),
  negatedSiHigh: negated('negatedSiHigh', -65535, 32768),
  /** CR field of a conditional branch. */
  bfBranch: field('bfBranch', 0, 7, (value) => value << 18, (word) => unsignedBits(word, 18, 3), 'crField', 'cr'),
  slwi: field('slwi', 0, 31, (n) => (n << 11) | ((31 - n) << 1), sh),
  srwi: field('srwi', 0, 31, (n) => (((32 - n) & 31) << 11) | (n << 6), mb),
  rotrwi: field('rotrwi', 0, 31, (n) => ((32 - n) & 31) << 11, (word) => (32 - sh(word)) & 31),
  clrrwi: field('clrrwi', 0, 31, (n) => (31 - n) << 1, (word) => 31 - me(word)),
  sldi: field('sldi', 0, 63, (n) => encodeShift6(n) | encodeMask6(63 - n), shift6),
  srdi: field('srdi', 0, 63, (n) => encodeShift6((64 - n) & 63) | encodeMask6(n), mask6),
  rotrdi: field('rotrdi', 0, 63, (n) => encodeShift6((64 - n) & 63), (word) => (64 - shift6(word)) & 63),
  clrrdi: field('clrrdi', 0, 63, (n) => encodeMask6(63 - n), (word) => 63 - mask6(word)),
  extlwi: field('extlwi', 1, 32, (n) => (n - 1) << 1, (word) => me(word) + 1),
  extldi: field('extldi', 1, 64, (n) => encodeMask6(n - 1), (word) => mask6(word) + 1),
  wordBits: part('wordBits', 1, 32),
  doubleBits: part('doubleBits', 1, 64),
  wordBit: part('wordBit', 0, 31),
  doubleBit: part('doubleBit', 0, 63),
  wordShift: part('wordShift', 0, 31),
  doubleShift: part('doubleShift', 0, 63),
  boTaken: hinted('boTaken', 1),
  boNotTaken: hinted('boNotTaken', 0),
  wordMask,
  rsTwice: twice('rsTwice', 'gpr', [21, 11], 'r'),
  vrTwice: twice('vrTwice', 'vr', [16, 11], 'v'),
  bbTwice: twice('bbTwice', 'crBit', [16, 11], ''),
  btThrice: field('btThrice', 0, 31, (n) => (n << 21) | (n << 16) | (n << 11), (word) => unsignedBits(word, 21, 5), 'crBit'),
  thBlock: field('thBlock', 0, 7, (value) => value << 21, (word) => unsignedBits(word, 21, 5)),
  thStream: field('thStream', 8, 15, (value) => value << 21, (word) => unsignedBits(word, 21, 5)),
} as const;
