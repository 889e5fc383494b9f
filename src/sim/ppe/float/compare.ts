/** Floating-point comparison (Book I, section 4.6.7): of numbers here, of a NaN by the helper. */
import type { I32Cell, I64Cell } from '../../engine/builder.ts';
import { type I32, i32 } from '../../engine/expr.ts';
import { unsignedBits } from '../bits.ts';
import type { PpcBuilder } from '../builder.ts';
import { x } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { interruptProgram } from './forms.ts';
import { FPSCR, RESULT_SHIFT } from './fpscr.ts';

/** `ordered`: NaNs make the comparison invalid. */
function compare(b: PpcBuilder, field: I32Cell, fra: I64Cell, frb: I64Cell, ordered: boolean): void {
  const [left, right] = [b.let(fra.asF64()), b.let(frb.asF64())];
  const [less, greater, equal] = [b.let(left.lt(right)), b.let(left.gt(right)), b.let(left.eq(right))];
  b.if(less.or(greater).or(equal), () => {
    field.set(b.conditions(less, greater, equal, i32(0)));
    const compared = less.shl(3).or(greater.shl(2)).or(equal.shl(1)).shl(RESULT_SHIFT);
    b.fpscr.set(b.fpscr.and(~FPSCR.compared).or(compared));
  }, () => {
    const number = (name: string, shift: number, size: number): I32 => b.constant8(name, (word) => unsignedBits(word, shift, size));
    const interrupts = b.call('floatUnordered', ordered ? 1 : 0, number('field', 23, 3), number('numberOfA', 16, 5), number('numberOfB', 11, 5));
    interruptProgram(b, interrupts, false);
  });
}

export const FLOAT_COMPARE: readonly PpcInstruction[] = [
  insn('fcmpu', x(63, 0), 'bft fra frb', 'Compares; NaNs are unordered.', ({ bft, fra, frb }, b) => { compare(b, bft, fra, frb, false); }),
  insn('fcmpo', x(63, 32), 'bft fra frb', 'Compares; NaNs are unordered and invalid.', ({ bft, fra, frb }, b) => { compare(b, bft, fra, frb, true); }),
];
