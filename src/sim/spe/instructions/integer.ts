/** Addition, subtraction, carries, counts and byte arithmetic (SPU ISA 1.2, chapter 5). */
import { ri10, rr } from '../encodings.ts';
import { insn, type SpuInstruction } from '../instruction.ts';
import { I16X8, I32X4, I64X2, I8X16 } from '../../engine/lanes.ts';
import { type V128, i32 } from '../../engine/expr.ts';

/** 1 in every word: the carry position. */
const carryBit = (): V128 => i32(1).splat32();

/** The lowest bit of every word, where the extended forms take their carry from. */
const carryIn = (register: V128): V128 => register.and(carryBit());

/** -1 and 0 of a comparison as 1 and 0. */
const asCarry = (mask: V128): V128 => mask.simd(I32X4.shrU, i32(31));

/** Leading zeros of the word in a lane. */
const leadingZeros = (value: V128, lanes: readonly number[]): V128 =>
  lanes.reduce((result, lane) => result.withLane32(lane, value.lane32(lane).clz()), value);

export const INTEGER: readonly SpuInstruction[] = [
  insn('a', rr(0x0c0), 'rt ra rb', 'Adds words.', ({ rt, ra, rb }) => { rt.set(ra.simd(I32X4.add, rb)); }),
  insn('ah', rr(0x0c8), 'rt ra rb', 'Adds halfwords.', ({ rt, ra, rb }) => { rt.set(ra.simd(I16X8.add, rb)); }),
  insn('ai', ri10(0x0e0), 'rt ra i10', 'Adds an immediate to every word.', ({ rt, ra, i10 }) => {
    rt.set(ra.simd(I32X4.add, i10.splat32()));
  }),
  insn('ahi', ri10(0x0e8), 'rt ra i10', 'Adds an immediate to every halfword.', ({ rt, ra, i10 }) => {
    rt.set(ra.simd(I16X8.add, i10.splat16()));
  }),
  insn('sf', rr(0x040), 'rt ra rb', 'Subtracts words of ra from words of rb.', ({ rt, ra, rb }) => { rt.set(rb.simd(I32X4.sub, ra)); }),
  insn('sfh', rr(0x048), 'rt ra rb', 'Subtracts halfwords of ra from halfwords of rb.', ({ rt, ra, rb }) => {
    rt.set(rb.simd(I16X8.sub, ra));
  }),
  insn('sfi', ri10(0x060), 'rt ra i10', 'Subtracts every word from an immediate.', ({ rt, ra, i10 }) => {
    rt.set(i10.splat32().simd(I32X4.sub, ra));
  }),
  insn('sfhi', ri10(0x068), 'rt ra i10', 'Subtracts every halfword from an immediate.', ({ rt, ra, i10 }) => {
    rt.set(i10.splat16().simd(I16X8.sub, ra));
  }),
  insn('addx', rr(0x340), 'rt ra rb', 'Adds words and the carry that the lowest bit of rt holds.', ({ rt, ra, rb }) => {
    rt.set(ra.simd(I32X4.add, rb).simd(I32X4.add, carryIn(rt)));
  }),
  insn('sfx', rr(0x341), 'rt ra rb', 'Subtracts words of ra from words of rb, with the borrow that a 0 in the lowest bit of rt stands for.', ({ rt, ra, rb }) => {
    rt.set(rb.simd(I32X4.add, ra.not()).simd(I32X4.add, carryIn(rt)));
  }),
  insn('cg', rr(0x0c2), 'rt ra rb', 'Gives the carry out of the sum of words.', ({ rt, ra, rb }, b) => {
    const sum = b.let(ra.simd(I32X4.add, rb));
    rt.set(asCarry(sum.simd(I32X4.ltU, ra)));
  }),
  insn('cgx', rr(0x342), 'rt ra rb', 'Gives the carry out of the sum of words and the carry in rt.', ({ rt, ra, rb }, b) => {
    const sum = b.let(ra.simd(I32X4.add, rb));
    const carry = b.let(carryIn(rt));
    const total = sum.simd(I32X4.add, carry);
    rt.set(asCarry(sum.simd(I32X4.ltU, ra).or(total.simd(I32X4.ltU, carry))));
  }),
  insn('bg', rr(0x042), 'rt ra rb', 'Gives 1 where subtracting ra from rb needs no borrow, else 0.', ({ rt, ra, rb }) => {
    rt.set(asCarry(rb.simd(I32X4.geU, ra)));
  }),
  insn('bgx', rr(0x343), 'rt ra rb', 'Gives 1 where subtracting ra and the borrow in rt from rb needs no borrow, else 0.', ({ rt, ra, rb }) => {
    const equal = rb.simd(I32X4.eq, ra);
    rt.set(asCarry(rb.simd(I32X4.gtU, ra)).or(equal.and(carryIn(rt))));
  }),
  insn('clz', rr(0x2a5), 'rt ra', 'Counts the leading zeros of every word.', ({ rt, ra }) => { rt.set(leadingZeros(ra, [0, 1, 2, 3])); }),
  insn('cntb', rr(0x2b4), 'rt ra', 'Counts the ones of every byte.', ({ rt, ra }) => { rt.set(ra.simd(I8X16.popcnt)); }),
  insn('xsbh', rr(0x2b6), 'rt ra', 'Sign-extends the lower byte of every halfword.', ({ rt, ra }) => {
    rt.set(ra.simd(I16X8.shl, i32(8)).simd(I16X8.shrS, i32(8)));
  }),
  insn('xshw', rr(0x2ae), 'rt ra', 'Sign-extends the lower halfword of every word.', ({ rt, ra }) => {
    rt.set(ra.simd(I32X4.shl, i32(16)).simd(I32X4.shrS, i32(16)));
  }),
  insn('xswd', rr(0x2a6), 'rt ra', 'Sign-extends the lower word of every doubleword.', ({ rt, ra }) => {
    rt.set(ra.simd(I64X2.shl, i32(32)).simd(I64X2.shrS, i32(32)));
  }),
  insn('avgb', rr(0x0d3), 'rt ra rb', 'Averages bytes, rounding up.', ({ rt, ra, rb }) => { rt.set(ra.simd(I8X16.averageU, rb)); }),
  insn('absdb', rr(0x053), 'rt ra rb', 'Gives the absolute difference of bytes.', ({ rt, ra, rb }) => {
    rt.set(ra.simd(I8X16.maxU, rb).simd(I8X16.sub, ra.simd(I8X16.minU, rb)));
  }),
  insn('sumb', rr(0x253), 'rt ra rb', 'Sums the four bytes of every word: those of rb in the upper halfword, those of ra in the lower.', ({ rt, ra, rb }) => {
    const sums = (v: V128): V128 => v.simd(I16X8.addPairsU8).simd(I32X4.addPairsU16);
    rt.set(sums(rb).simd(I32X4.shl, i32(16)).or(sums(ra)));
  }),
];
