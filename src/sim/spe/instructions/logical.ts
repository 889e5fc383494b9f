/** Bitwise operations (SPU ISA 1.2, chapter 5). */
import { ri10, rr, rrr } from '../encodings.ts';
import { insn, type SpuInstruction } from '../instruction.ts';

export const LOGICAL: readonly SpuInstruction[] = [
  insn('and', rr(0x0c1), 'rt ra rb', 'ANDs ra and rb.', ({ rt, ra, rb }) => { rt.set(ra.and(rb)); }),
  insn('andc', rr(0x2c1), 'rt ra rb', 'ANDs ra and the complement of rb.', ({ rt, ra, rb }) => { rt.set(ra.andNot(rb)); }),
  insn('andbi', ri10(0x0b0), 'rt ra i10', 'ANDs every byte with the low eight bits of the immediate.', ({ rt, ra, i10 }) => { rt.set(ra.and(i10.splat8())); }),
  insn('andhi', ri10(0x0a8), 'rt ra i10', 'ANDs every halfword with the immediate.', ({ rt, ra, i10 }) => { rt.set(ra.and(i10.splat16())); }),
  insn('andi', ri10(0x0a0), 'rt ra i10', 'ANDs every word with the immediate.', ({ rt, ra, i10 }) => { rt.set(ra.and(i10.splat32())); }),
  insn('or', rr(0x041), 'rt ra rb', 'ORs ra and rb.', ({ rt, ra, rb }) => { rt.set(ra.or(rb)); }),
  insn('orc', rr(0x2c9), 'rt ra rb', 'ORs ra and the complement of rb.', ({ rt, ra, rb }) => { rt.set(ra.or(rb.not())); }),
  insn('orbi', ri10(0x030), 'rt ra i10', 'ORs every byte with the low eight bits of the immediate.', ({ rt, ra, i10 }) => { rt.set(ra.or(i10.splat8())); }),
  insn('orhi', ri10(0x028), 'rt ra i10', 'ORs every halfword with the immediate.', ({ rt, ra, i10 }) => { rt.set(ra.or(i10.splat16())); }),
  insn('ori', ri10(0x020), 'rt ra i10', 'ORs every word with the immediate; with 0 it copies a register.', ({ rt, ra, i10 }) => { rt.set(ra.or(i10.splat32())); }),
  insn('orx', rr(0x1f0), 'rt ra', 'ORs the four words of ra into the preferred word.', ({ rt, ra }, b) => {
    rt.set(b.preferred(ra.lane32(0).or(ra.lane32(1)).or(ra.lane32(2).or(ra.lane32(3)))));
  }),
  insn('xor', rr(0x241), 'rt ra rb', 'XORs ra and rb.', ({ rt, ra, rb }) => { rt.set(ra.xor(rb)); }),
  insn('xorbi', ri10(0x230), 'rt ra i10', 'XORs every byte with the low eight bits of the immediate.', ({ rt, ra, i10 }) => { rt.set(ra.xor(i10.splat8())); }),
  insn('xorhi', ri10(0x228), 'rt ra i10', 'XORs every halfword with the immediate.', ({ rt, ra, i10 }) => { rt.set(ra.xor(i10.splat16())); }),
  insn('xori', ri10(0x220), 'rt ra i10', 'XORs every word with the immediate.', ({ rt, ra, i10 }) => { rt.set(ra.xor(i10.splat32())); }),
  insn('nand', rr(0x0c9), 'rt ra rb', 'Complements the AND of ra and rb.', ({ rt, ra, rb }) => { rt.set(ra.and(rb).not()); }),
  insn('nor', rr(0x049), 'rt ra rb', 'Complements the OR of ra and rb.', ({ rt, ra, rb }) => { rt.set(ra.or(rb).not()); }),
  insn('eqv', rr(0x249), 'rt ra rb', 'Gives ones where the bits of ra and rb are equal.', ({ rt, ra, rb }) => { rt.set(ra.xor(rb).not()); }),
  insn('selb', rrr(0x400), 'rtOfFour ra rb rc', 'Takes bits of rb where rc has ones, of ra where it has zeros.', ({ rtOfFour, ra, rb, rc }) => {
    rtOfFour.set(rb.bitSelect(ra, rc));
  }),
];
