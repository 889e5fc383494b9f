/** Comparisons that give masks, and those that halt (SPU ISA 1.2, chapter 7). */
import { ri10, rr } from '../encodings.ts';
import { SPU_EXIT } from '../exits.ts';
import type { SpuBuilder } from '../builder.ts';
import { insn, type SpuInstruction } from '../instruction.ts';
import { I16X8, I32X4, I8X16 } from '../../engine/lanes.ts';
import type { I32 } from '../../engine/expr.ts';

const haltIf = (b: SpuBuilder, condition: I32): void => { b.if(condition, () => { b.exitAfter(SPU_EXIT.halt); }); };

export const COMPARE: readonly SpuInstruction[] = [
  insn('ceqb', rr(0x3d0), 'rt ra rb', 'Gives a byte of ones where bytes are equal.', ({ rt, ra, rb }) => { rt.set(ra.simd(I8X16.eq, rb)); }),
  insn('ceqh', rr(0x3c8), 'rt ra rb', 'Gives a halfword of ones where halfwords are equal.', ({ rt, ra, rb }) => { rt.set(ra.simd(I16X8.eq, rb)); }),
  insn('ceq', rr(0x3c0), 'rt ra rb', 'Gives a word of ones where words are equal.', ({ rt, ra, rb }) => { rt.set(ra.simd(I32X4.eq, rb)); }),
  insn('ceqbi', ri10(0x3f0), 'rt ra i10', 'Gives a byte of ones where bytes equal the immediate.', ({ rt, ra, i10 }) => { rt.set(ra.simd(I8X16.eq, i10.splat8())); }),
  insn('ceqhi', ri10(0x3e8), 'rt ra i10', 'Gives a halfword of ones where halfwords equal the immediate.', ({ rt, ra, i10 }) => { rt.set(ra.simd(I16X8.eq, i10.splat16())); }),
  insn('ceqi', ri10(0x3e0), 'rt ra i10', 'Gives a word of ones where words equal the immediate.', ({ rt, ra, i10 }) => { rt.set(ra.simd(I32X4.eq, i10.splat32())); }),
  insn('cgtb', rr(0x250), 'rt ra rb', 'Gives a byte of ones where signed bytes of ra are greater.', ({ rt, ra, rb }) => { rt.set(ra.simd(I8X16.gtS, rb)); }),
  insn('cgth', rr(0x248), 'rt ra rb', 'Gives a halfword of ones where signed halfwords of ra are greater.', ({ rt, ra, rb }) => { rt.set(ra.simd(I16X8.gtS, rb)); }),
  insn('cgt', rr(0x240), 'rt ra rb', 'Gives a word of ones where signed words of ra are greater.', ({ rt, ra, rb }) => { rt.set(ra.simd(I32X4.gtS, rb)); }),
  insn('cgtbi', ri10(0x270), 'rt ra i10', 'Gives a byte of ones where signed bytes are greater than the immediate.', ({ rt, ra, i10 }) => { rt.set(ra.simd(I8X16.gtS, i10.splat8())); }),
  insn('cgthi', ri10(0x268), 'rt ra i10', 'Gives a halfword of ones where signed halfwords are greater than the immediate.', ({ rt, ra, i10 }) => { rt.set(ra.simd(I16X8.gtS, i10.splat16())); }),
  insn('cgti', ri10(0x260), 'rt ra i10', 'Gives a word of ones where signed words are greater than the immediate.', ({ rt, ra, i10 }) => { rt.set(ra.simd(I32X4.gtS, i10.splat32())); }),
  insn('clgtb', rr(0x2d0), 'rt ra rb', 'Gives a byte of ones where unsigned bytes of ra are greater.', ({ rt, ra, rb }) => { rt.set(ra.simd(I8X16.gtU, rb)); }),
  insn('clgth', rr(0x2c8), 'rt ra rb', 'Gives a halfword of ones where unsigned halfwords of ra are greater.', ({ rt, ra, rb }) => { rt.set(ra.simd(I16X8.gtU, rb)); }),
  insn('clgt', rr(0x2c0), 'rt ra rb', 'Gives a word of ones where unsigned words of ra are greater.', ({ rt, ra, rb }) => { rt.set(ra.simd(I32X4.gtU, rb)); }),
  insn('clgtbi', ri10(0x2f0), 'rt ra i10', 'Gives a byte of ones where unsigned bytes are greater than the immediate.', ({ rt, ra, i10 }) => { rt.set(ra.simd(I8X16.gtU, i10.splat8())); }),
  insn('clgthi', ri10(0x2e8), 'rt ra i10', 'Gives a halfword of ones where unsigned halfwords are greater than the sign-extended immediate.', ({ rt, ra, i10 }) => { rt.set(ra.simd(I16X8.gtU, i10.splat16())); }),
  insn('clgti', ri10(0x2e0), 'rt ra i10', 'Gives a word of ones where unsigned words are greater than the sign-extended immediate.', ({ rt, ra, i10 }) => { rt.set(ra.simd(I32X4.gtU, i10.splat32())); }),
  // rt of the halting comparisons is a false target: it is read and written by nobody.
  insn('heq', rr(0x3d8), 'rt ra rb', 'Halts the SPU if the preferred words are equal.', ({ ra, rb }, b) => { haltIf(b, b.word(ra).eq(b.word(rb))); }),
  insn('heqi', ri10(0x3f8), 'rt ra i10', 'Halts the SPU if the preferred word equals the immediate.', ({ ra, i10 }, b) => { haltIf(b, b.word(ra).eq(i10)); }),
  insn('hgt', rr(0x258), 'rt ra rb', 'Halts the SPU if the signed preferred word of ra is greater.', ({ ra, rb }, b) => { haltIf(b, b.word(ra).gtS(b.word(rb))); }),
  insn('hgti', ri10(0x278), 'rt ra i10', 'Halts the SPU if the signed preferred word is greater than the immediate.', ({ ra, i10 }, b) => { haltIf(b, b.word(ra).gtS(i10)); }),
  insn('hlgt', rr(0x2d8), 'rt ra rb', 'Halts the SPU if the unsigned preferred word of ra is greater.', ({ ra, rb }, b) => { haltIf(b, b.word(ra).gtU(b.word(rb))); }),
  insn('hlgti', ri10(0x2f8), 'rt ra i10', 'Halts the SPU if the unsigned preferred word is greater than the sign-extended immediate.', ({ ra, i10 }, b) => { haltIf(b, b.word(ra).gtU(i10)); }),
];
