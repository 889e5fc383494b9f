/**
 * Fixed-point multiplication and division. Results that the architecture leaves undefined
 * are a real Cell's: 0 for a division by zero or one that overflows, a sign-extended high
 * word of `mulhw` (vectors README).
 */
import type { I64Cell } from '../../engine/builder.ts';
import { type I32, type I64, i64, select } from '../../engine/expr.ts';
import type { PpcBuilder } from '../builder.ts';
import { d, xoPlain } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { overflowForms, type OverflowingResult, recordForms } from '../variants.ts';

const MOST_NEGATIVE = -(1n << 63n);

/** High doubleword of an unsigned product, from four products of words. */
function highUnsigned(b: PpcBuilder, x: I64, y: I64): I64 {
  const [xLow, xHigh] = [b.let(x.zeroExtend32()), b.let(x.shrU(32))];
  const [yLow, yHigh] = [b.let(y.zeroExtend32()), b.let(y.shrU(32))];
  const cross = b.let(xHigh.times(yLow).plus(xLow.times(yLow).shrU(32)));
  const middle = b.let(cross.zeroExtend32().plus(xLow.times(yHigh)));
  return xHigh.times(yHigh).plus(cross.shrU(32)).plus(middle.shrU(32));
}

function highSigned(b: PpcBuilder, x: I64, y: I64): I64 {
  return highUnsigned(b, x, y).minus(x.shrS(63).and(y)).minus(y.shrS(63).and(x));
}

/** A quotient, or 0 with overflow where `impossible` holds. */
function quotient(b: PpcBuilder, target: I64Cell, impossible: I32, divisor: I64, divide: (divisor: I64) => I64): OverflowingResult {
  const overflowed = b.let(impossible);
  const safe = b.let(select(overflowed, i64(1), divisor));
  return { target, value: select(overflowed, i64(0), divide(safe)), overflow: () => overflowed };
}

export const MULTIPLY: readonly PpcInstruction[] = [
  insn('mulli', d(7), 'rt ra si', 'Multiplies by an immediate; low doubleword of the product.', ({ rt, ra, si }) => { rt.set(ra.times(si)); }),
  ...overflowForms('mulld', 233, 'rt ra rb', 'Multiplies doublewords; low doubleword of the product', ({ rt, ra, rb }, b) => {
    const value = b.let(ra.times(rb));
    return { target: rt, value, overflow: () => highSigned(b, ra, rb).ne(value.shrS(63)) };
  }),
  ...overflowForms('mullw', 235, 'rt ra rb', 'Multiplies words; the whole product', ({ rt, ra, rb }, b) => {
    const value = b.let(ra.signExtend32().times(rb.signExtend32()));
    return { target: rt, value, overflow: () => value.ne(value.signExtend32()) };
  }),
  ...recordForms('mulhd', (rc) => xoPlain(73, rc), 'rt ra rb', 'Multiplies doublewords; high doubleword of the signed product', ({ rt, ra, rb }, b) =>
    ({ target: rt, value: highSigned(b, ra, rb) })),
  ...recordForms('mulhdu', (rc) => xoPlain(9, rc), 'rt ra rb', 'Multiplies doublewords; high doubleword of the unsigned product', ({ rt, ra, rb }, b) =>
    ({ target: rt, value: highUnsigned(b, ra, rb) })),
  ...recordForms('mulhw', (rc) => xoPlain(75, rc), 'rt ra rb', 'Multiplies words; high word of the signed product', ({ rt, ra, rb }) =>
    ({ target: rt, value: ra.signExtend32().times(rb.signExtend32()).shrS(32) })),
  ...recordForms('mulhwu', (rc) => xoPlain(11, rc), 'rt ra rb', 'Multiplies words; high word of the unsigned product', ({ rt, ra, rb }) =>
    ({ target: rt, value: ra.zeroExtend32().times(rb.zeroExtend32()).shrU(32) })),

  ...overflowForms('divd', 489, 'rt ra rb', 'Divides doublewords, signed', ({ rt, ra, rb }, b) =>
    quotient(b, rt, rb.eqz().or(ra.eq(MOST_NEGATIVE).and(rb.eq(-1))), rb, (divisor) => ra.divS(divisor))),
  ...overflowForms('divdu', 457, 'rt ra rb', 'Divides doublewords, unsigned', ({ rt, ra, rb }, b) =>
    quotient(b, rt, rb.eqz(), rb, (divisor) => ra.divU(divisor))),
  ...overflowForms('divw', 491, 'rt ra rb', 'Divides words, signed', ({ rt, ra, rb }, b) => {
    const [dividend, divisor] = [b.let(ra.signExtend32()), b.let(rb.signExtend32())];
    const impossible = divisor.eqz().or(dividend.eq(-0x80000000).and(divisor.eq(-1)));
    return quotient(b, rt, impossible, divisor, (safe) => dividend.divS(safe).zeroExtend32());
  }),
  ...overflowForms('divwu', 459, 'rt ra rb', 'Divides words, unsigned', ({ rt, ra, rb }, b) => {
    const divisor = b.let(rb.zeroExtend32());
    return quotient(b, rt, divisor.eqz(), divisor, (safe) => ra.zeroExtend32().divU(safe));
  }),
];
