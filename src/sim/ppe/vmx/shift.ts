/**
 * Shifts and rotates of elements by the counts in the elements of vrb (AltiVec PEM,
 * chapter 6). WebAssembly shifts all lanes by one count. Words are shifted one by one;
 * for bytes and halfwords counts become factors, and a double-width product holds the
 * element shifted left, with what was shifted out above it.
 */
import { type I32, i32, type V128, v128 } from '../../engine/expr.ts';
import type { PpcBuilder } from '../builder.ts';
import type { PpcInstruction } from '../insn.ts';
import { bytes, halfwords, twoSources, words } from './forms.ts';
import { I16X8, I32X4, I8X16 } from '../../engine/lanes.ts';

const WORD_LANES = [0, 1, 2, 3];

function shiftWords(mnemonic: string, number: number, doc: string, shift: (value: I32, count: I32) => I32): PpcInstruction {
  return twoSources(mnemonic, number, doc, (vra, vrb, b) => {
    const [values, counts] = [b.let(vra), b.let(vrb)];
    // WebAssembly takes counts modulo 32, as VMX does.
    return WORD_LANES.reduce((result, lane) => result.withLane32(lane, shift(values.lane32(lane), counts.lane32(lane))), values);
  });
}

/** Of an element size: products of its elements and what is done with them. */
interface Shape {
  readonly bits: 8 | 16;
  readonly last: V128;
  readonly timesLow: number;
  readonly timesHigh: number;
  readonly shrU: number;
  readonly mask: V128;
  readonly narrow: number;
  readonly signs: (value: V128) => V128;
  /** 2^n in every element. */
  readonly power: (n: V128, b: PpcBuilder) => V128;
}

const POWERS = v128([1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0]);

const BYTES: Shape = {
  bits: 8, last: bytes(7), timesLow: I16X8.timesLowU8, timesHigh: I16X8.timesHighU8, shrU: I16X8.shrU, mask: halfwords(0xff), narrow: I8X16.narrowU16,
  signs: (value) => value.simd(I8X16.shrS, i32(7)),
  power: (n) => POWERS.swizzle(n),
};
const HALFWORDS: Shape = {
  bits: 16, last: halfwords(15), timesLow: I32X4.timesLowU16, timesHigh: I32X4.timesHighU16, shrU: I32X4.shrU, mask: words(0xffff), narrow: I16X8.narrowU32,
  signs: (value) => value.simd(I16X8.shrS, i32(15)),
  // One byte of the power is looked up by n, the other by n - 8; what is not in the table is 0.
  power: (n, b) => {
    const low = b.let(n);
    return POWERS.swizzle(low.or(low.simd(I16X8.shl, i32(8))).simd(I16X8.sub, halfwords(0x0800)));
  },
};

/** Products of all elements, `finish`ed at double width and put together again. */
function products({ timesLow, timesHigh, narrow }: Shape, value: V128, factors: V128, finish: (product: V128) => V128): V128 {
  return finish(value.simd(timesLow, factors)).simd(narrow, finish(value.simd(timesHigh, factors)));
}

type Shift = (shape: Shape, value: V128, count: V128, b: PpcBuilder) => V128;

const left: Shift = (shape, value, count, b) => {
  const factors = b.let(shape.power(count.and(shape.last), b));
  return products(shape, b.let(value), factors, (product) => product.and(shape.mask));
};
const rotate: Shift = (shape, value, count, b) => {
  const factors = b.let(shape.power(count.and(shape.last), b));
  return products(shape, b.let(value), factors, (product) => {
    const both = b.let(product);
    return both.or(both.simd(shape.shrU, i32(shape.bits))).and(shape.mask);
  });
};
/** Right by n: left by one less than the width minus n, then all of it down. */
const right: Shift = (shape, value, count, b) => {
  const factors = b.let(shape.power(shape.last.andNot(count), b));
  return products(shape, b.let(value), factors, (product) => product.simd(shape.shrU, i32(shape.bits - 1)));
};
/** A logical shift between two complements of negative elements. */
const rightArithmetic: Shift = (shape, value, count, b) => {
  const plain = b.let(value);
  const signs = b.let(shape.signs(plain));
  return right(shape, plain.xor(signs), count, b).xor(signs);
};

function shiftBy(mnemonic: string, number: number, doc: string, shape: Shape, shift: Shift): PpcInstruction {
  return twoSources(mnemonic, number, doc, (vra, vrb, b) => shift(shape, vra, vrb, b));
}

export const VMX_SHIFT: readonly PpcInstruction[] = [
  shiftBy('vrlb', 4, 'Rotates bytes left.', BYTES, rotate),
  shiftBy('vrlh', 68, 'Rotates halfwords left.', HALFWORDS, rotate),
  shiftWords('vrlw', 132, 'Rotates words left.', (value, count) => value.rotl(count)),
  shiftBy('vslb', 260, 'Shifts bytes left.', BYTES, left),
  twoSources('vslh', 324, 'Shifts halfwords left.', (vra, vrb, b) => vra.simd(I16X8.mul, HALFWORDS.power(vrb.and(HALFWORDS.last), b))),
  shiftWords('vslw', 388, 'Shifts words left.', (value, count) => value.shl(count)),
  shiftBy('vsrb', 516, 'Shifts bytes right.', BYTES, right),
  shiftBy('vsrh', 580, 'Shifts halfwords right.', HALFWORDS, right),
  shiftWords('vsrw', 644, 'Shifts words right.', (value, count) => value.shrU(count)),
  shiftBy('vsrab', 772, 'Shifts bytes right and keeps their sign.', BYTES, rightArithmetic),
  shiftBy('vsrah', 836, 'Shifts halfwords right and keeps their sign.', HALFWORDS, rightArithmetic),
  shiftWords('vsraw', 900, 'Shifts words right and keeps their sign.', (value, count) => value.shrS(count)),
];
