/** Floating point. The comparisons of later SPUs have no meaning: the Cell takes them for illegal instructions. */
import { ri7, rr } from '../encodings.ts';
import { insn, type SpuInstruction } from '../instruction.ts';
import { FLOAT_COMPARE } from './float/compare.ts';
import { FLOAT_CONVERT } from './float/convert.ts';
import { DOUBLE } from './float/double.ts';
import { FLOAT_ESTIMATE } from './float/estimate.ts';
import { SINGLE } from './float/single.ts';

/** Of the PowerXCell 8i; GNU as knows them. */
const LATER: readonly SpuInstruction[] = [
  insn('dfceq', rr(0x3c3), 'rt ra rb', 'Gives a doubleword of ones where doubles are equal; not on the Cell.'),
  insn('dfcmeq', rr(0x3cb), 'rt ra rb', 'Gives a doubleword of ones where the magnitudes of doubles are equal; not on the Cell.'),
  insn('dfcgt', rr(0x2c3), 'rt ra rb', 'Gives a doubleword of ones where doubles of ra are greater; not on the Cell.'),
  insn('dfcmgt', rr(0x2cb), 'rt ra rb', 'Gives a doubleword of ones where the magnitudes of doubles of ra are greater; not on the Cell.'),
  insn('dftsv', ri7(0x3bf), 'rt ra i7', 'Tests doubles for special values; not on the Cell.'),
];

export const FLOAT: readonly SpuInstruction[] = [...SINGLE, ...FLOAT_ESTIMATE, ...FLOAT_COMPARE, ...FLOAT_CONVERT, ...DOUBLE, ...LATER];
