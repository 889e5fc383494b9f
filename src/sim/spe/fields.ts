/**
 * Operand fields of SPU instructions: how GNU as writes them, where they lie in the word,
 * and what a meaning gets for them. Ranges are those that GNU as accepts; all fields of
 * seven bits share one, because it does not agree with itself on them.
 */
import type { V128Cell } from '../engine/builder.ts';
import type { I32 } from '../engine/expr.ts';
import type { Field, OperandKind } from '../engine/isa.ts';
import type { Slot } from '../engine/node.ts';
import type { SpuBuilder } from './builder.ts';

/** A place in the local store that an instruction names relative to itself. */
export interface RelativeTarget {
  readonly displacement: Slot;
  /** The address that it comes to; loads and stores wrap it. */
  readonly address: I32;
}

function register(name: string, shift: number): Field<SpuBuilder, V128Cell> {
  return {
    ...numbered(name, 'spuRegister', shift),
    handle: (b) => b.register(name, shift),
  };
}

function numbered(name: string, kind: OperandKind, shift: number): Field<SpuBuilder, I32> {
  const decode = (word: number): number => (word >>> shift) & 0x7f;
  return {
    name,
    kind,
    encode: (value) => (fits(value, 0, 127) ? value << shift : undefined),
    decode,
    range: '0 to 127',
    handle: (b) => b.constant8(name, decode),
  };
}

interface Bits {
  readonly size: number;
  readonly shift: number;
  /** The field holds the value divided by this. */
  readonly unit: number;
  readonly signed: boolean;
}

function extract({ size, shift, unit, signed }: Bits, word: number): number {
  const field = signed ? (word << (32 - size - shift)) >> (32 - size) : (word >>> shift) & ((1 << size) - 1);
  return field * unit;
}

function insert({ size, shift, unit }: Bits, value: number): number {
  return ((value / unit) & ((1 << size) - 1)) << shift;
}

function immediate(name: string, bits: Bits, low: number, high: number): Field<SpuBuilder, I32> {
  const decode = (word: number): number => extract(bits, word);
  return {
    name,
    kind: 'immediate',
    encode: (value) => (fits(value, low, high) && value % bits.unit === 0 ? insert(bits, value) : undefined),
    decode,
    range: range(low, high, bits.unit),
    handle: (b) => b.constant32(name, decode),
  };
}

/** Conversions keep their scale as a distance from `bias` (SPU ISA 1.2, chapter 9, cflts). */
function scale(name: string, bias: number): Field<SpuBuilder, I32> {
  const bits = { size: 8, shift: 14, unit: 1, signed: false };
  const decode = (word: number): number => bias - extract(bits, word);
  return {
    name,
    kind: 'immediate',
    encode: (value) => (fits(value, 0, 127) ? insert(bits, bias - value) : undefined),
    decode,
    range: range(0, 127, 1),
    handle: (b) => b.constant32(name, decode),
  };
}

const WORDS_16 = { size: 16, shift: 7, unit: 4 } as const;

/** A displacement of a branch, load or store; the local store wraps, so one of 2^18 reaches everything. */
const relative: Field<SpuBuilder, RelativeTarget> = {
  name: 'relative',
  kind: 'target',
  encode: (value) => (fits(value, -0x40000, 0x3fffc) && value % 4 === 0 ? insert({ ...WORDS_16, signed: true }, value) : undefined),
  decode: (word) => extract({ ...WORDS_16, signed: true }, word),
  range: range(-0x40000, 0x3fffc, 4),
  handle: (b) => ({
    displacement: { name: 'relative', width: 4, of: relative.decode },
    address: b.pc().toI32().plus(b.constant32('relative', relative.decode)),
  }),
};

const absolute: Field<SpuBuilder, I32> = {
  ...immediate('absolute', { ...WORDS_16, signed: false }, -0x20000, 0x3fffc),
  kind: 'target',
  absolute: true,
};

/** The branch that a hint speaks of: nine bits, two of them apart from the others. */
function hinted(name: string, highShift: number): Field<SpuBuilder, I32> {
  const decode = (word: number): number => {
    const high = (word >>> highShift) & 3;
    return (((high << 30) >> 23) | (word & 0x7f)) * 4;
  };
  return {
    name,
    kind: 'target',
    encode: (value) => {
      if (!fits(value, -1024, 1020) || value % 4 !== 0) return undefined;
      const field = value / 4;
      return ((field & 0x180) << (highShift - 7)) | (field & 0x7f);
    },
    decode,
    range: range(-1024, 1020, 4),
    handle: (b) => b.constant32(name, decode),
  };
}

/** `nop` may be written with a register, which GNU as leaves out of the word and objdump prints. */
const nopRegister: Field<SpuBuilder, I32> = {
  ...numbered('nopRegister', 'spuRegister', 0),
  encode: (value) => (fits(value, 0, 127) ? 0 : undefined),
};

export const FIELDS = {
  rt: register('rt', 0),
  ra: register('ra', 7),
  rb: register('rb', 14),
  /** Third source of a four-register instruction; its target stands at the other end. */
  rc: register('rc', 0),
  rtOfFour: register('rtOfFour', 21),
  channel: numbered('channel', 'channel', 7),
  special: numbered('special', 'spuSpecial', 7),
  i7: immediate('i7', { size: 7, shift: 14, unit: 1, signed: true }, -64, 127),
  i10: immediate('i10', { size: 10, shift: 14, unit: 1, signed: true }, -512, 511),
  /** Displacement of `lqd` and `stqd`. */
  quads: immediate('quads', { size: 10, shift: 14, unit: 16, signed: true }, -8192, 8176),
  i16: immediate('i16', { size: 16, shift: 7, unit: 1, signed: true }, -32768, 32767),
  u16: immediate('u16', { size: 16, shift: 7, unit: 1, signed: false }, -32768, 65535),
  u18: immediate('u18', { size: 18, shift: 7, unit: 1, signed: false }, 0, 0x3ffff),
  stopType: immediate('stopType', { size: 14, shift: 0, unit: 1, signed: false }, 0, 0x3fff),
  /** Scale of `cflts`, `cfltu` and of `csflt`, `cuflt`. */
  scaleToInteger: scale('scaleToInteger', 173),
  scaleToFloat: scale('scaleToFloat', 155),
  relative,
  absolute,
  hintedByRegister: hinted('hintedByRegister', 14),
  hintedByImmediate: hinted('hintedByImmediate', 23),
  nopRegister,
} as const;

function fits(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}

function range(low: number, high: number, unit: number): string {
  const span = `${String(low)} to ${String(high)}`;
  return unit === 1 ? span : `${span}, a multiple of ${String(unit)}`;
}
