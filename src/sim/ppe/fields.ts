/**
 * Operand fields of PowerPC instructions: how GNU as writes them, where they lie in the
 * word, and what a meaning gets for them. Names are those of the architecture's instruction
 * layouts; fields of extended mnemonics are in `alias/fields.ts`.
 */
import type { I32Cell, I64Cell, V128Cell } from '../engine/builder.ts';
import type { I32, I64 } from '../engine/expr.ts';
import type { Field, OperandKind } from '../engine/isa.ts';
import type { Slot } from '../engine/node.ts';
import { ALIAS_FIELDS } from './alias/fields.ts';
import { encodeMask6, encodeShift6, fits, mask6, rangeText, shift6, signedBits, swapHalves, unsignedBits } from './bits.ts';
import type { PpcBuilder } from './builder.ts';
import { PPE_STATE } from './layout.ts';

type PpcField<H> = Field<PpcBuilder, H>;

/** Bit positions of the fields of five bits, from the least significant bit. */
const RT = 21;
const RA = 16;
const RB = 11;
const RC = 6;

function numbered(name: string, kind: OperandKind, shift: number, size: number, prefix = ''): Omit<PpcField<never>, 'handle'> {
  const last = (1 << size) - 1;
  return {
    name,
    kind,
    encode: (value) => (fits(value, 0, last) ? value << shift : undefined),
    decode: (word) => unsignedBits(word, shift, size),
    range: `${prefix}0 to ${prefix}${String(last)}`,
  };
}

function gpr(name: string, shift: number): PpcField<I64Cell> {
  const slot: Slot = { name, width: 1, of: (word) => unsignedBits(word, shift, 5) * 8 };
  return { ...numbered(name, 'gpr', shift, 5, 'r'), handle: (b) => b.cell64({ slot, bank: PPE_STATE.gpr }) };
}

function evenGpr(name: string): PpcField<I64Cell> {
  const any = gpr(name, RT);
  return { ...any, encode: (value) => (value % 2 === 0 ? any.encode(value) : undefined), range: 'r0 to r30, even' };
}

/** A base register: number 0 stands for the value 0. */
function gprOrZero(name: string, shift: number): PpcField<I64> {
  const of = (word: number): number => (unsignedBits(word, shift, 5) || (PPE_STATE.zero - PPE_STATE.gpr) / 8) * 8;
  return { ...numbered(name, 'gpr', shift, 5, 'r'), handle: (b) => b.cell64({ slot: { name, width: 2, of }, bank: PPE_STATE.gpr }) };
}

/** The 64 bits of a floating-point register. */
function fpr(name: string, shift: number): PpcField<I64Cell> {
  const slot: Slot = { name, width: 1, of: (word) => unsignedBits(word, shift, 5) * 8 };
  return { ...numbered(name, 'fpr', shift, 5, 'f'), handle: (b) => b.cell64({ slot, bank: PPE_STATE.fpr }) };
}

function vr(name: string, shift: number): PpcField<V128Cell> {
  const slot: Slot = { name, width: 2, of: (word) => unsignedBits(word, shift, 5) * 16 };
  return { ...numbered(name, 'vr', shift, 5, 'v'), handle: (b) => b.cell128({ slot, bank: PPE_STATE.vr }) };
}

/** A CR field, as four bytes. */
function crField(name: string, shift: number): PpcField<I32Cell> {
  const slot: Slot = { name, width: 1, of: (word) => unsignedBits(word, shift, 3) * 4 };
  return { ...numbered(name, 'crField', shift, 3, 'cr'), handle: (b) => b.cell32({ slot, bank: PPE_STATE.cr }) };
}

/** A CR bit, as a byte. */
function crBit(name: string, shift: number): PpcField<I32Cell> {
  const slot: Slot = { name, width: 1, of: (word) => unsignedBits(word, shift, 5) };
  return { ...numbered(name, 'crBit', shift, 5), handle: (b) => b.cell8({ slot, bank: PPE_STATE.cr }) };
}

/** A small unsigned number. */
function small(name: string, shift: number, size: number): PpcField<I32> {
  const plain = numbered(name, 'immediate', shift, size);
  return { ...plain, handle: (b) => b.constant8(name, plain.decode) };
}

interface Wide {
  readonly low: number;
  readonly high: number;
  /** Added to the value in multiples of this. */
  readonly unit?: number;
  readonly signed: boolean;
  /** What the meaning gets is this many times the operand. */
  readonly scale?: number;
}

/** A 16-bit immediate; a DS displacement leaves its two low bits to the opcode. */
function immediate(name: string, { low, high, unit = 1, signed, scale = 1 }: Wide): PpcField<I64> {
  const opcodeBits = unit - 1;
  const decode = (word: number): number => (signed ? signedBits(word, 0, 16) : unsignedBits(word, 0, 16)) & ~opcodeBits;
  return {
    name,
    kind: 'immediate',
    encode: (value) => (fits(value, low, high, unit) ? value & 0xffff : undefined),
    decode,
    range: rangeText(low, high, unit),
    handle: (b) => b.constant64(name, (word) => BigInt(decode(word) * scale)),
  };
}

function smallSigned(name: string, shift: number, size: number): PpcField<I32> {
  const low = -(1 << (size - 1));
  const high = -low - 1;
  const decode = (word: number): number => signedBits(word, shift, size);
  return {
    name,
    kind: 'immediate',
    encode: (value) => (fits(value, low, high) ? (value & ((1 << size) - 1)) << shift : undefined),
    decode,
    range: rangeText(low, high),
    handle: (b) => b.constant32(name, decode),
  };
}

/** Branch targets, in bytes. */
function target(name: string, size: number): Omit<PpcField<never>, 'handle'> {
  const low = -(2 ** (size - 1));
  const high = -low - 4;
  return {
    name,
    kind: 'target',
    encode: (value) => (fits(value, low, high, 4) ? value & (2 ** size - 4) : undefined),
    decode: (word) => signedBits(word, 0, size) & ~3,
    range: rangeText(low, high, 4),
  };
}

function relative(name: string, size: number): PpcField<Slot> {
  const plain = target(name, size);
  return { ...plain, handle: () => ({ name, width: 4, of: plain.decode }) };
}

function absolute(name: string, size: number): PpcField<I64> {
  const plain = target(name, size);
  return { ...plain, absolute: true, handle: (b) => b.constant64(name, (word) => BigInt(plain.decode(word))) };
}

/** A number of six bits in two pieces. */
function split6(name: string, encode: (value: number) => number, decode: (word: number) => number): PpcField<I32> {
  return {
    name,
    kind: 'immediate',
    encode: (value) => (fits(value, 0, 63) ? encode(value) : undefined),
    decode,
    range: rangeText(0, 63),
    handle: (b) => b.constant8(name, decode),
  };
}

function special(name: string, kind: OperandKind): PpcField<I32> {
  const decode = (word: number): number => swapHalves(unsignedBits(word, RB, 10));
  return {
    name,
    kind,
    encode: (value) => (fits(value, 0, 1023) ? swapHalves(value) << RB : undefined),
    decode,
    range: rangeText(0, 1023),
    handle: (b) => b.constant32(name, decode),
  };
}

const byteCount = (word: number): number => unsignedBits(word, RB, 5) || 32;
/** Byte count of string immediates: 32 is written 0. */
const nb: PpcField<I32> = {
  ...small('nb', RB, 5),
  encode: (value) => (fits(value, 0, 32) ? (value & 31) << RB : undefined),
  decode: byteCount,
  range: rangeText(0, 32),
  handle: (b) => b.constant8('nb', byteCount),
};

const isOneBit = (value: number): boolean => value > 0 && (value & (value - 1)) === 0;

/** Field mask of `mtcrf`; of one field it makes `mtocrf`, as GNU as does for the Cell. */
const fxm: PpcField<I32> = {
  ...small('fxm', 12, 8),
  encode: (value) => (fits(value, 0, 255) ? (value << 12) | (isOneBit(value) ? 1 << 20 : 0) : undefined),
};

/** Field mask of `mtocrf` and `mfocrf`: exactly one bit. */
const fxmOne: PpcField<I32> = {
  ...small('fxmOne', 12, 8),
  encode: (value) => (fits(value, 1, 128) && isOneBit(value) ? value << 12 : undefined),
  range: '1, 2, 4, 8, 16, 32, 64 or 128',
};

/** Bits of BO that must be 0, and the hint 0b01, are reserved (Book I, figures 20 and 21). */
function isReservedBo(value: number): boolean {
  switch (value & 0b10100) {
    case 0b00000: return (value & 0b00001) !== 0;
    case 0b00100: return (value & 0b00011) === 1;
    case 0b10000: return (value & 0b01001) === 1;
    default: return value !== 0b10100;
  }
}

const bo: PpcField<I32> = {
  ...small('bo', RT, 5),
  encode: (value) => (fits(value, 0, 31) && !isReservedBo(value) ? value << RT : undefined),
  range: '0, 2, 4, 6 to 8, 10, 12, 14 to 16, 18, 20 or 24 to 27',
};

/** Kind of `dcbf`; 2 is reserved. */
const lFlush: PpcField<I32> = {
  ...small('lFlush', RT, 2),
  encode: (value) => (fits(value, 0, 3) && value !== 2 ? value << RT : undefined),
  range: '0, 1 or 3',
};

/** Kind of `sync`; 3 is reserved. */
const lSync: PpcField<I32> = {
  ...small('lSync', 21, 2),
  encode: (value) => (fits(value, 0, 2) ? value << 21 : undefined),
  range: rangeText(0, 2),
};

const tbr: PpcField<I32> = {
  ...special('tbr', 'spr'),
  encode: (value) => (fits(value, 268, 269) ? swapHalves(value) << RB : undefined),
  range: '268 or 269',
};

const unsigned = { low: 0, high: 65535, signed: false } as const;

export const FIELDS = {
  rt: gpr('rt', RT),
  rs: gpr('rs', RT),
  ra: gpr('ra', RA),
  ra0: gprOrZero('ra0', RA),
  rb: gpr('rb', RB),
  frt: fpr('frt', RT),
  frs: fpr('frs', RT),
  fra: fpr('fra', RA),
  frb: fpr('frb', RB),
  frc: fpr('frc', RC),
  vrt: vr('vrt', RT),
  vrs: vr('vrs', RT),
  vra: vr('vra', RA),
  vrb: vr('vrb', RB),
  vrc: vr('vrc', RC),
  /** CR field that a compare sets; may be left out. */
  bf: crField('bf', 23),
  /** The same where it may not be left out. */
  bft: crField('bft', 23),
  bfa: crField('bfa', 18),
  bt: crBit('bt', RT),
  ba: crBit('ba', RA),
  bb: crBit('bb', RB),
  bi: crBit('bi', RA),
  bo,
  bh: small('bh', RB, 2),
  li: relative('li', 26),
  liAbsolute: absolute('liAbsolute', 26),
  bd: relative('bd', 16),
  bdAbsolute: absolute('bdAbsolute', 16),
  d: immediate('d', { low: -32768, high: 32767, signed: true }),
  ds: immediate('ds', { low: -32768, high: 32764, unit: 4, signed: true }),
  /** Displacement of `lq`. */
  dq: immediate('dq', { low: -32768, high: 32752, unit: 16, signed: true }),
  si: immediate('si', { low: -32768, high: 32767, signed: true }),
  siHigh: immediate('siHigh', { low: -32768, high: 65535, signed: true, scale: 0x10000 }),
  ui: immediate('ui', unsigned),
  /** A compare may be written with a negative number. */
  uiCompared: immediate('uiCompared', { ...unsigned, low: -32768 }),
  uiHigh: immediate('uiHigh', { ...unsigned, scale: 0x10000 }),
  sh: small('sh', RB, 5),
  mb: small('mb', RC, 5),
  me: small('me', 1, 5),
  sh6: split6('sh6', encodeShift6, shift6),
  mb6: split6('mb6', encodeMask6, mask6),
  me6: split6('me6', encodeMask6, mask6),
  to: small('to', RT, 5),
  nb,
  lev: small('lev', 5, 7),
  /** Operand size of the generic compares: 1 is a doubleword. */
  l: small('l', 21, 1),
  /** Which bits `mtmsrd` sets. */
  lMsr: small('lMsr', 16, 1),
  /** Bits of later architectures that GNU as takes for the Cell too, which ignores them. */
  lEstimate: small('lEstimate', 16, 1),
  lFlush,
  lTlb: small('lTlb', 21, 1),
  eh: small('eh', 0, 1),
  lSync,
  th: small('th', RT, 5),
  spr: special('spr', 'spr'),
  tbr,
  sprg: small('sprg', RA, 2),
  /** The first of the pair of registers of a quadword. */
  rtEven: evenGpr('rtEven'),
  rsEven: evenGpr('rsEven'),
  segment: small('segment', RA, 4),
  bat: small('bat', 17, 2),
  fxm,
  fxmOne,
  flm: small('flm', 17, 8),
  u: small('u', 12, 4),
  /** FPSCR fields and bits are written as plain numbers, but for the source of `mcrfs`. */
  bff: small('bff', 23, 3),
  btf: small('btf', RT, 5),
  stream: small('stream', RT, 2),
  shb: small('shb', RC, 4),
  uim: small('uim', RA, 5),
  uim2: small('uim2', RA, 2),
  uim3: small('uim3', RA, 3),
  uim4: small('uim4', RA, 4),
  sim: smallSigned('sim', RA, 5),
  ...ALIAS_FIELDS,
} as const;

/** Operands that may be left out, and their values then. */
export const OPTIONAL_FIELDS: ReadonlyMap<string, number> = new Map([
  ['bf', 0], ['bfBranch', 0], ['bh', 0], ['lev', 0], ['lMsr', 0], ['lEstimate', 0], ['lFlush', 0], ['lTlb', 0], ['eh', 0], ['lSync', 0], ['th', 0], ['tbr', 268], ['thBlock', 0], ['thStream', 8],
]);
