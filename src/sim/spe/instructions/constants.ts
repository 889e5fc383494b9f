/** Constant formation (SPU ISA 1.2, chapter 4). */
import { ri16, ri18, rr } from '../encodings.ts';
import { insn, type SpuInstruction } from '../instruction.ts';
import { I16X8, I32X4, I8X16 } from '../../engine/lanes.ts';
import { type I32, type V128, i32, v128 } from '../../engine/expr.ts';

/** In each byte lane, the bit of its own number within a byte: bit j of a mask belongs to lane j. */
const LANE_BIT = Array.from({ length: 16 }, (_, lane) => 1 << (lane & 7));

/** 16 mask bits, the low half of a word, to 16 bytes of ones and zeros; guest byte 0 has the highest bit. */
function byteMask(bits: I32): V128 {
  const spread = Array.from({ length: 16 }, (_, lane) => lane >> 3);
  const halves = bits.splat16();
  const bit = v128(LANE_BIT);
  return halves.shuffle(halves, spread).and(bit).simd(I8X16.eq, bit);
}

function halfwordMask(bits: I32): V128 {
  const bit = v128(Array.from({ length: 16 }, (_, byte) => (byte & 1 ? 0 : 1 << (byte >> 1))));
  return bits.splat16().and(bit).simd(I16X8.eq, bit);
}

function wordMask(bits: I32): V128 {
  const bit = v128(Array.from({ length: 16 }, (_, byte) => (byte & 3 ? 0 : 1 << (byte >> 2))));
  return bits.splat32().and(bit).simd(I32X4.eq, bit);
}

export const CONSTANTS: readonly SpuInstruction[] = [
  insn('il', ri16(0x204), 'rt i16', 'Puts the sign-extended immediate into every word.', ({ rt, i16 }) => {
    rt.set(i16.splat32());
  }),
  insn('ilh', ri16(0x20c), 'rt u16', 'Puts the immediate into every halfword.', ({ rt, u16 }) => {
    rt.set(u16.splat16());
  }),
  insn('ilhu', ri16(0x208), 'rt u16', 'Puts the immediate into the upper half of every word and clears the lower.', ({ rt, u16 }) => {
    rt.set(u16.shl(16).splat32());
  }),
  insn('ila', ri18(0x210), 'rt u18', 'Puts the zero-extended 18-bit immediate, an address, into every word.', ({ rt, u18 }) => {
    rt.set(u18.splat32());
  }),
  insn('iohl', ri16(0x304), 'rt u16', 'Combines the immediate into the lower half of every word by OR.', ({ rt, u16 }) => {
    rt.set(rt.or(u16.splat32()));
  }),
  insn('fsmbi', ri16(0x194), 'rt u16', 'Makes a mask of 16 bytes, each all ones or all zeros, from the 16 bits of the immediate.', ({ rt, u16 }) => {
    rt.set(byteMask(u16));
  }),
  insn('fsmb', rr(0x1b6), 'rt ra', 'Makes a mask of 16 bytes from the low 16 bits of the preferred word.', ({ rt, ra }, b) => {
    rt.set(byteMask(b.word(ra)));
  }),
  insn('fsmh', rr(0x1b5), 'rt ra', 'Makes a mask of eight halfwords from the low eight bits of the preferred word.', ({ rt, ra }, b) => {
    rt.set(halfwordMask(b.word(ra)));
  }),
  insn('fsm', rr(0x1b4), 'rt ra', 'Makes a mask of four words from the low four bits of the preferred word.', ({ rt, ra }, b) => {
    rt.set(wordMask(b.word(ra)));
  }),
  insn('gb', rr(0x1b0), 'rt ra', 'Gathers the lowest bit of every word into the preferred word.', ({ rt, ra }, b) => {
    rt.set(b.preferred(ra.simd(I32X4.shl, i32(31)).simdTest(I32X4.bitmask)));
  }),
  insn('gbh', rr(0x1b1), 'rt ra', 'Gathers the lowest bit of every halfword into the preferred word.', ({ rt, ra }, b) => {
    rt.set(b.preferred(ra.simd(I16X8.shl, i32(15)).simdTest(I16X8.bitmask)));
  }),
  insn('gbb', rr(0x1b2), 'rt ra', 'Gathers the lowest bit of every byte into the preferred word.', ({ rt, ra }, b) => {
    rt.set(b.preferred(ra.simd(I8X16.shl, i32(7)).simdTest(I8X16.bitmask)));
  }),
];
