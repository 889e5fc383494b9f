/**
 * Floating point: names and encodings. Without meanings, these raise the illegal-instruction
 * interrupt.
 */
import { ri7, ri8, rr, rrr } from '../encodings.ts';
import { insn, type SpuInstruction } from '../instruction.ts';

export const FLOAT: readonly SpuInstruction[] = [
  insn('fa', rr(0x2c4), 'rt ra rb', 'Adds singles.'),
  insn('fs', rr(0x2c5), 'rt ra rb', 'Subtracts singles of rb from singles of ra.'),
  insn('fm', rr(0x2c6), 'rt ra rb', 'Multiplies singles.'),
  insn('fma', rrr(0x700), 'rtOfFour ra rb rc', 'Multiplies singles and adds rc.'),
  insn('fms', rrr(0x780), 'rtOfFour ra rb rc', 'Multiplies singles and subtracts rc.'),
  insn('fnms', rrr(0x680), 'rtOfFour ra rb rc', 'Subtracts the product of singles from rc.'),
  insn('frest', rr(0x1b8), 'rt ra', 'Estimates the reciprocals of singles, for fi to refine.'),
  insn('frsqest', rr(0x1b9), 'rt ra', 'Estimates the reciprocal square roots of singles, for fi to refine.'),
  insn('fi', rr(0x3d4), 'rt ra rb', 'Interpolates the estimates in rb for the singles in ra.'),
  insn('fceq', rr(0x3c2), 'rt ra rb', 'Gives a word of ones where singles are equal.'),
  insn('fcmeq', rr(0x3ca), 'rt ra rb', 'Gives a word of ones where the magnitudes of singles are equal.'),
  insn('fcgt', rr(0x2c2), 'rt ra rb', 'Gives a word of ones where singles of ra are greater.'),
  insn('fcmgt', rr(0x2ca), 'rt ra rb', 'Gives a word of ones where the magnitudes of singles of ra are greater.'),
  insn('csflt', ri8(0x3b4), 'rt ra scaleToFloat', 'Converts signed words to singles, divided by a power of two.'),
  insn('cuflt', ri8(0x3b6), 'rt ra scaleToFloat', 'Converts unsigned words to singles, divided by a power of two.'),
  insn('cflts', ri8(0x3b0), 'rt ra scaleToInteger', 'Converts singles, multiplied by a power of two, to signed words.'),
  insn('cfltu', ri8(0x3b2), 'rt ra scaleToInteger', 'Converts singles, multiplied by a power of two, to unsigned words.'),
  insn('dfa', rr(0x2cc), 'rt ra rb', 'Adds doubles.'),
  insn('dfs', rr(0x2cd), 'rt ra rb', 'Subtracts doubles of rb from doubles of ra.'),
  insn('dfm', rr(0x2ce), 'rt ra rb', 'Multiplies doubles.'),
  insn('dfma', rr(0x35c), 'rt ra rb', 'Multiplies doubles and adds rt.'),
  insn('dfms', rr(0x35d), 'rt ra rb', 'Multiplies doubles and subtracts rt.'),
  insn('dfnms', rr(0x35e), 'rt ra rb', 'Subtracts the product of doubles from rt.'),
  insn('dfnma', rr(0x35f), 'rt ra rb', 'Multiplies doubles, adds rt and negates.'),
  insn('fesd', rr(0x3b8), 'rt ra', 'Extends the left single of every doubleword to a double.'),
  insn('frds', rr(0x3b9), 'rt ra', 'Rounds doubles to singles in the left word of every doubleword.'),
  insn('fscrrd', rr(0x398), 'rt', 'Reads the floating-point status and control register.'),
  insn('fscrwr', rr(0x3ba), 'rt ra', 'Writes the floating-point status and control register.'),
  // Of later SPUs (PowerXCell 8i): known to GNU as, illegal on the Cell.
  insn('dfceq', rr(0x3c3), 'rt ra rb', 'Gives a doubleword of ones where doubles are equal; not on the Cell.'),
  insn('dfcmeq', rr(0x3cb), 'rt ra rb', 'Gives a doubleword of ones where the magnitudes of doubles are equal; not on the Cell.'),
  insn('dfcgt', rr(0x2c3), 'rt ra rb', 'Gives a doubleword of ones where doubles of ra are greater; not on the Cell.'),
  insn('dfcmgt', rr(0x2cb), 'rt ra rb', 'Gives a doubleword of ones where the magnitudes of doubles of ra are greater; not on the Cell.'),
  insn('dftsv', ri7(0x3bf), 'rt ra i7', 'Tests doubles for special values; not on the Cell.'),
];
