/**
 * Shifts and rotates of words and halfwords (SPU ISA 1.2, chapter 6). "Rotate and mask"
 * shifts right by the negated count.
 *
 * WebAssembly shifts all lanes by one count, so counts that come from a register become
 * factors: a left shift by n is a product with 2^n, and a right shift by m takes the upper
 * half of a double-width product.
 */
import { ri7, rr } from '../encodings.ts';
import type { SpuBuilder } from '../builder.ts';
import { insn, type SpuInstruction } from '../instruction.ts';
import { I16X8, I32X4, I64X2 } from '../../engine/lanes.ts';
import { type V128, i32, v128 } from '../../engine/expr.ts';

type Shift = (value: V128, count: V128, b: SpuBuilder) => V128;

const words = (value: number): V128 => i32(value).splat32();
const halfwords = (value: number): V128 => i32(value).splat16();

const EVEN_WORDS = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27];
const ODD_WORDS = [4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31];
const EVEN_HALFWORDS = [0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29];
const ODD_HALFWORDS = [2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23, 26, 27, 30, 31];

/** 2^n in every word, by the exponent of a single; 0 for negative n, all ones from 32 on. */
const powerOfTwo = (n: V128): V128 =>
  n.simd(I32X4.shl, i32(23)).simd(I32X4.add, words(0x3f80_0000)).simd(I32X4.truncateU);

/** 2^n in every halfword, by tables of its two bytes; 0 for n from 16 to 255. */
const POWERS_OF_TWO = [1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0];
const halfwordPowerOfTwo = (n: V128): V128 =>
  v128(POWERS_OF_TWO).swizzle(n.or(n.simd(I16X8.shl, i32(8))).simd(I16X8.sub, halfwords(0x0800)));

const shiftWordsLeft: Shift = (value, count, b) => {
  const n = b.let(count.and(words(63)));
  return value.simd(I32X4.mul, powerOfTwo(n)).andNot(n.simd(I32X4.gtS, words(31)));
};

const rotateWords: Shift = (value, count, b) => {
  const factor = b.let(powerOfTwo(count.and(words(31))));
  const low = b.let(value.simd(I64X2.timesLowU32, factor));
  const high = b.let(value.simd(I64X2.timesHighU32, factor));
  return low.shuffle(high, EVEN_WORDS).or(low.shuffle(high, ODD_WORDS));
};

const shiftWordsRight: Shift = (value, count, b) => {
  const m = words(0).simd(I32X4.sub, count).and(words(63));
  const factor = b.let(powerOfTwo(words(31).simd(I32X4.sub, m)));
  const low = value.simd(I64X2.timesLowU32, factor).simd(I64X2.shl, i32(1));
  const high = value.simd(I64X2.timesHighU32, factor).simd(I64X2.shl, i32(1));
  return low.shuffle(high, ODD_WORDS);
};

const shiftHalfwordsLeft: Shift = (value, count, b) => {
  const n = b.let(count.and(halfwords(31)));
  return value.simd(I16X8.mul, halfwordPowerOfTwo(n));
};

const rotateHalfwords: Shift = (value, count, b) => {
  const n = b.let(count.and(halfwords(15)));
  const factor = b.let(halfwordPowerOfTwo(n));
  const low = b.let(value.simd(I32X4.timesLowU16, factor));
  const high = b.let(value.simd(I32X4.timesHighU16, factor));
  return low.shuffle(high, EVEN_HALFWORDS).or(low.shuffle(high, ODD_HALFWORDS));
};

const shiftHalfwordsRight: Shift = (value, count, b) => {
  const m = halfwords(0).simd(I16X8.sub, count).and(halfwords(31));
  const n = b.let(halfwords(15).simd(I16X8.sub, m).and(halfwords(0xff)));
  const factor = b.let(halfwordPowerOfTwo(n));
  const low = value.simd(I32X4.timesLowU16, factor).simd(I32X4.shrU, i32(15));
  const high = value.simd(I32X4.timesHighU16, factor).simd(I32X4.shrU, i32(15));
  return low.simd(I16X8.narrowU32, high);
};

/** An arithmetic shift is a logical one between two complements of negative lanes. */
const arithmetic = (logical: Shift, signsOf: (value: V128) => V128): Shift => (value, count, b) => {
  const signs = b.let(signsOf(value));
  return logical(b.let(value.xor(signs)), count, b).xor(signs);
};
const shiftWordsRightArithmetic = arithmetic(shiftWordsRight, (v) => v.simd(I32X4.shrS, i32(31)));
const shiftHalfwordsRightArithmetic = arithmetic(shiftHalfwordsRight, (v) => v.simd(I16X8.shrS, i32(15)));

function byRegister(mnemonic: string, code: number, doc: string, shift: Shift): SpuInstruction {
  return insn(mnemonic, rr(code), 'rt ra rb', doc, ({ rt, ra, rb }, b) => { rt.set(shift(b.let(ra), rb, b)); });
}

const countField = (word: number): number => (word >>> 14) & 0x7f;

/** A logical shift by a decode-time count: two shifts, because one of the full lane width or more must give 0. */
function byImmediate(mnemonic: string, code: number, doc: string, width: 16 | 32, opcode: number, count: (field: number) => number): SpuInstruction {
  const first = (word: number): number => Math.min(count(countField(word)), width - 1);
  const second = (word: number): number => (count(countField(word)) < width ? 0 : 1);
  return insn(mnemonic, ri7(code), 'rt ra i7', doc, ({ rt, ra }, b) => {
    rt.set(ra.simd(opcode, b.constant8('count', first)).simd(opcode, b.constant8('rest', second)));
  });
}

/** An arithmetic shift by a decode-time count; the full lane width or more leaves the sign. */
function arithmeticByImmediate(mnemonic: string, code: number, doc: string, width: 16 | 32, opcode: number): SpuInstruction {
  const count = (word: number): number => Math.min(-countField(word) & (2 * width - 1), width - 1);
  return insn(mnemonic, ri7(code), 'rt ra i7', doc, ({ rt, ra }, b) => {
    rt.set(ra.simd(opcode, b.constant8('count', count)));
  });
}

interface RotateLanes {
  readonly width: 16 | 32;
  readonly left: number;
  readonly right: number;
}

/** A rotation by a decode-time count; the right shift is done in two parts, so that a count of 0 shifts everything out. */
function rotateByImmediate(mnemonic: string, code: number, doc: string, { width, left, right }: RotateLanes): SpuInstruction {
  const count = (word: number): number => countField(word) & (width - 1);
  const rest = (word: number): number => width - 1 - count(word);
  return insn(mnemonic, ri7(code), 'rt ra i7', doc, ({ rt, ra }, b) => {
    const wrapped = ra.simd(right, i32(1)).simd(right, b.constant8('rest', rest));
    rt.set(ra.simd(left, b.constant8('count', count)).or(wrapped));
  });
}

export const SHIFT: readonly SpuInstruction[] = [
  byRegister('shl', 0x05b, 'Shifts every word left by the low six bits of the word of rb.', shiftWordsLeft),
  byRegister('shlh', 0x05f, 'Shifts every halfword left by the low five bits of the halfword of rb.', shiftHalfwordsLeft),
  byRegister('rot', 0x058, 'Rotates every word left by the low five bits of the word of rb.', rotateWords),
  byRegister('roth', 0x05c, 'Rotates every halfword left by the low four bits of the halfword of rb.', rotateHalfwords),
  byRegister('rotm', 0x059, 'Shifts every word right by the negated word of rb modulo 64, filling with zeros.', shiftWordsRight),
  byRegister('rothm', 0x05d, 'Shifts every halfword right by the negated halfword of rb modulo 32, filling with zeros.', shiftHalfwordsRight),
  byRegister('rotma', 0x05a, 'Shifts every word right by the negated word of rb modulo 64, filling with its sign.', shiftWordsRightArithmetic),
  byRegister('rotmah', 0x05e, 'Shifts every halfword right by the negated halfword of rb modulo 32, filling with its sign.', shiftHalfwordsRightArithmetic),
  byImmediate('shli', 0x07b, 'Shifts every word left by the immediate modulo 64.', 32, I32X4.shl, (field) => field & 63),
  byImmediate('shlhi', 0x07f, 'Shifts every halfword left by the immediate modulo 32.', 16, I16X8.shl, (field) => field & 31),
  byImmediate('rotmi', 0x079, 'Shifts every word right by the negated immediate modulo 64, filling with zeros.', 32, I32X4.shrU, (field) => -field & 63),
  byImmediate('rothmi', 0x07d, 'Shifts every halfword right by the negated immediate modulo 32, filling with zeros.', 16, I16X8.shrU, (field) => -field & 31),
  arithmeticByImmediate('rotmai', 0x07a, 'Shifts every word right by the negated immediate modulo 64, filling with its sign.', 32, I32X4.shrS),
  arithmeticByImmediate('rotmahi', 0x07e, 'Shifts every halfword right by the negated immediate modulo 32, filling with its sign.', 16, I16X8.shrS),
  rotateByImmediate('roti', 0x078, 'Rotates every word left by the immediate.', { width: 32, left: I32X4.shl, right: I32X4.shrU }),
  rotateByImmediate('rothi', 0x07c, 'Rotates every halfword left by the immediate.', { width: 16, left: I16X8.shl, right: I16X8.shrU }),
];

