/** Floating-point comparison (Book I, section 4.6.7). */
import { type I32, type I64, i32, select } from '../../engine/expr.ts';
import type { I32Cell, I64Cell } from '../../engine/builder.ts';
import type { PpcBuilder } from '../builder.ts';
import { x } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { EXCEPTIONS, FPSCR, RESULT_SHIFT } from './fpscr.ts';
import { setStatus } from './status.ts';

const EXPONENT_OF_INFINITY = 0x7ff0n << 48n;
const QUIET = 1n << 51n;

function isNan(bits: I64): I32 {
  return bits.shl(1).gtU(EXPONENT_OF_INFINITY << 1n);
}

function isSignalling(bits: I64): I32 {
  return isNan(bits).and(bits.and(QUIET).eqz());
}

/** `ordered`: NaNs make the comparison invalid, unless a signalling one is an enabled exception already. */
function compare(b: PpcBuilder, field: I32Cell, fra: I64Cell, frb: I64Cell, ordered: boolean): void {
  const [left, right] = [b.let(fra), b.let(frb)];
  const [x, y] = [left.asF64(), right.asF64()];
  const [less, greater, equal] = [b.let(x.lt(y)), b.let(x.gt(y)), b.let(x.eq(y))];
  const unordered = b.let(less.or(greater).or(equal).eqz());
  field.set(b.conditions(less, greater, equal, unordered));
  const compared = less.shl(3).or(greater.shl(2)).or(equal.shl(1)).or(unordered).shl(RESULT_SHIFT);
  const signalling = b.let(isSignalling(left).or(isSignalling(right)));
  const invalid = select(signalling, i32(FPSCR.signalling), i32(0));
  const notHandled = signalling.eqz().or(b.fpscr.and(FPSCR.enableInvalid).eqz());
  const raised = b.let(ordered ? invalid.or(select(unordered.and(notHandled), i32(FPSCR.invalidCompare), i32(0))) : invalid);
  const isNew = raised.and(EXCEPTIONS).and(b.fpscr.not()).ne(0);
  setStatus(b, b.fpscr.and(~FPSCR.compared).or(compared).or(raised).or(select(isNew, i32(FPSCR.fx), i32(0))));
}

export const FLOAT_COMPARE: readonly PpcInstruction[] = [
  insn('fcmpu', x(63, 0), 'bft fra frb', 'Compares; NaNs are unordered.', ({ bft, fra, frb }, b) => { compare(b, bft, fra, frb, false); }),
  insn('fcmpo', x(63, 32), 'bft fra frb', 'Compares; NaNs are unordered and invalid.', ({ bft, fra, frb }, b) => { compare(b, bft, fra, frb, true); }),
];
