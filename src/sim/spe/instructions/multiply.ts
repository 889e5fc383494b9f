/** Products of halfwords (SPU ISA 1.2, chapter 5). */
import { ri10, rr, rrr } from '../encodings.ts';
import { insn, type SpuInstruction } from '../instruction.ts';
import { I32X4 } from '../../engine/lanes.ts';
import { type V128, i32 } from '../../engine/expr.ts';

const low = (v: V128): V128 => v.and(i32(0xffff).splat32());
const high = (v: V128): V128 => v.simd(I32X4.shrU, i32(16));

/** Signed product of the lower halfwords: the sum of products with the upper factor cleared. */
const signedLow = (a: V128, b: V128): V128 => low(a).simd(I32X4.dotS16, b);
const signedHigh = (a: V128, b: V128): V128 => a.and(i32(0xffff0000).splat32()).simd(I32X4.dotS16, b);
const unsignedLow = (a: V128, b: V128): V128 => low(a).simd(I32X4.mul, low(b));
const unsignedHigh = (a: V128, b: V128): V128 => high(a).simd(I32X4.mul, high(b));

export const MULTIPLY: readonly SpuInstruction[] = [
  insn('mpy', rr(0x3c4), 'rt ra rb', 'Multiplies the signed lower halfwords of every word.', ({ rt, ra, rb }) => { rt.set(signedLow(ra, rb)); }),
  insn('mpyu', rr(0x3cc), 'rt ra rb', 'Multiplies the unsigned lower halfwords of every word.', ({ rt, ra, rb }) => { rt.set(unsignedLow(ra, rb)); }),
  insn('mpyi', ri10(0x3a0), 'rt ra i10', 'Multiplies the signed lower halfword of every word by an immediate.', ({ rt, ra, i10 }) => {
    rt.set(signedLow(ra, i10.splat32()));
  }),
  insn('mpyui', ri10(0x3a8), 'rt ra i10', 'Multiplies the unsigned lower halfword of every word by the immediate, sign-extended to 16 bits and taken as unsigned.', ({ rt, ra, i10 }) => {
    rt.set(unsignedLow(ra, i10.splat32()));
  }),
  insn('mpyh', rr(0x3c5), 'rt ra rb', 'Multiplies the upper halfword of ra by the lower of rb and shifts the product into the upper half.', ({ rt, ra, rb }) => {
    rt.set(high(ra).simd(I32X4.mul, rb).simd(I32X4.shl, i32(16)));
  }),
  insn('mpyhh', rr(0x3c6), 'rt ra rb', 'Multiplies the signed upper halfwords of every word.', ({ rt, ra, rb }) => { rt.set(signedHigh(ra, rb)); }),
  insn('mpyhhu', rr(0x3ce), 'rt ra rb', 'Multiplies the unsigned upper halfwords of every word.', ({ rt, ra, rb }) => { rt.set(unsignedHigh(ra, rb)); }),
  insn('mpyhha', rr(0x346), 'rt ra rb', 'Adds the product of the signed upper halfwords to rt.', ({ rt, ra, rb }) => {
    rt.set(rt.simd(I32X4.add, signedHigh(ra, rb)));
  }),
  insn('mpyhhau', rr(0x34e), 'rt ra rb', 'Adds the product of the unsigned upper halfwords to rt.', ({ rt, ra, rb }) => {
    rt.set(rt.simd(I32X4.add, unsignedHigh(ra, rb)));
  }),
  insn('mpys', rr(0x3c7), 'rt ra rb', 'Multiplies the signed lower halfwords and keeps the sign-extended upper half of the product.', ({ rt, ra, rb }) => {
    rt.set(signedLow(ra, rb).simd(I32X4.shrS, i32(16)));
  }),
  insn('mpya', rrr(0x600), 'rtOfFour ra rb rc', 'Multiplies the signed lower halfwords and adds rc.', ({ rtOfFour, ra, rb, rc }) => {
    rtOfFour.set(signedLow(ra, rb).simd(I32X4.add, rc));
  }),
];
