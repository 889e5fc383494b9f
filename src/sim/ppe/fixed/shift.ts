/** Shifts (Book I, section 3.3.12.2). Counts beyond the operand's width give 0 or the sign. */
import type { I64Cell } from '../../engine/builder.ts';
import { type I32, type I64, i64, select } from '../../engine/expr.ts';
import type { PpcBuilder } from '../builder.ts';
import { xs, xWith } from '../encodings.ts';
import type { PpcInstruction } from '../insn.ts';
import { recordForms, type Result } from '../variants.ts';

/** A doubleword shift whose count has seven bits; 64 and more shift everything out. */
function orZero(rb: I64, value: I64): I64 {
  return select(rb.toI32().and(64).ne(0), i64(0), value);
}

/** Whether an arithmetic shift right by 0 to 63 loses ones of a negative number: the new CA. */
function losesOnes(value: I64, count: I64): I32 {
  return value.ltS(0).and(value.and(i64(-1).shl(count).not()).ne(0));
}

function arithmetic(b: PpcBuilder, target: I64Cell, operand: I64, count: I64): Result {
  const value = b.let(operand);
  return { target, value: value.shrS(count), carry: losesOnes(value, count) };
}

export const SHIFT: readonly PpcInstruction[] = [
  // The low word in a doubleword leaves room for all counts of 0 to 63.
  ...recordForms('slw', (rc) => xWith(31, 24, rc), 'ra rs rb', 'Shifts a word left', ({ ra, rs, rb }) =>
    ({ target: ra, value: rs.zeroExtend32().shl(rb.and(63)).zeroExtend32() })),
  ...recordForms('srw', (rc) => xWith(31, 536, rc), 'ra rs rb', 'Shifts a word right', ({ ra, rs, rb }) =>
    ({ target: ra, value: rs.zeroExtend32().shrU(rb.and(63)) })),
  ...recordForms('sraw', (rc) => xWith(31, 792, rc), 'ra rs rb', 'Shifts a word right and keeps its sign; sets CA', ({ ra, rs, rb }, b) =>
    arithmetic(b, ra, rs.signExtend32(), rb.and(63))),
  ...recordForms('srawi', (rc) => xWith(31, 824, rc), 'ra rs sh', 'Shifts a word right by an immediate and keeps its sign; sets CA', ({ ra, rs, sh }, b) =>
    arithmetic(b, ra, rs.signExtend32(), sh.extendU())),
  ...recordForms('sld', (rc) => xWith(31, 27, rc), 'ra rs rb', 'Shifts left', ({ ra, rs, rb }) =>
    ({ target: ra, value: orZero(rb, rs.shl(rb)) })),
  ...recordForms('srd', (rc) => xWith(31, 539, rc), 'ra rs rb', 'Shifts right', ({ ra, rs, rb }) =>
    ({ target: ra, value: orZero(rb, rs.shrU(rb)) })),
  ...recordForms('srad', (rc) => xWith(31, 794, rc), 'ra rs rb', 'Shifts right and keeps the sign; sets CA', ({ ra, rs, rb }, b) => {
    const value = b.let(rs);
    const wide = b.let(rb.toI32().and(64).ne(0));
    return {
      target: ra,
      value: value.shrS(select(wide, i64(63), rb)),
      carry: select(wide, value.ltS(0), losesOnes(value, rb)),
    };
  }),
  ...recordForms('sradi', (rc) => xs(31, 413, rc), 'ra rs sh6', 'Shifts right by an immediate and keeps the sign; sets CA', ({ ra, rs, sh6 }, b) =>
    arithmetic(b, ra, rs, sh6.extendU())),
];
