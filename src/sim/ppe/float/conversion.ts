/** Floating-point rounding, conversion, estimates and selection (Book I, sections 4.6.5 and 4.6.6). */
import { f64, type F64, type I64, i64, select } from '../../engine/expr.ts';
import type { PpcBuilder } from '../builder.ts';
import { a, RC, xWith } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { dot, sentence } from '../variants.ts';
import { callHelper, floatForms, operate, operateInteger } from './forms.ts';
import { FPSCR } from './fpscr.ts';
import type { ConversionName } from './operations.ts';
import { exactly, type Ordinary, toSingle } from './ordinary.ts';

const DOUBLE = 63;
const SINGLE = 59;
const EXPONENT_OF_INFINITY = 0x7ff0n << 48n;
/** Integers below are exact after a conversion to a double and back, or a double above 2^63 at worst. */
const WIDE = 2 ** 62;

interface IntegerForm {
  readonly name: ConversionName;
  readonly number: number;
  readonly doc: string;
  /** Magnitudes below this are done here. */
  readonly below: number;
  readonly towardZero: boolean;
}

function toInteger({ name, number, doc, below, towardZero }: IntegerForm): PpcInstruction[] {
  return floatForms(name, (rc) => xWith(DOUBLE, number, rc), 'frt frb', doc, ({ frt, frb }, b, record) => {
    const from = b.let(frb.asF64());
    const holds = b.let(from.abs().lt(f64(below)));
    const safe = b.let(select(holds, from, f64(0)));
    const whole = b.let(towardZero ? safe.truncate() : safe.nearest());
    operateInteger(b, { name, record }, frt, towardZero ? 0 : FPSCR.rounding, {
      result: whole.toI64S(), inexact: b.let(whole.ne(safe)), up: whole.abs().gt(safe.abs()), holds,
    });
  });
}

function fromInteger(b: PpcBuilder, value: I64): Ordinary {
  const holds = b.let(value.plus(WIDE).ltU(BigInt(WIDE) << 1n));
  const safe = b.let(select(holds, value, i64(0)));
  const result: F64 = b.let(safe.toF64S());
  const added = b.let(result.toI64S().minus(safe));
  return { result, inexact: b.let(added.ne(0)), up: added.xor(safe).geS(0), holds };
}

export const FLOAT_CONVERSION: readonly PpcInstruction[] = [
  ...floatForms('frsp', (rc) => xWith(DOUBLE, 12, rc), 'frt frb', 'Rounds to single', ({ frt, frb }, b, record) => {
    operate(b, { name: 'frsp', record }, frt, toSingle(b, exactly(b.let(frb))));
  }),
  ...toInteger({ name: 'fctid', number: 814, doc: 'Converts to a doubleword integer', below: WIDE, towardZero: false }),
  ...toInteger({ name: 'fctidz', number: 815, doc: 'Converts to a doubleword integer, rounding toward zero', below: WIDE, towardZero: true }),
  ...toInteger({ name: 'fctiw', number: 14, doc: 'Converts to a word integer', below: 2 ** 30, towardZero: false }),
  ...toInteger({ name: 'fctiwz', number: 15, doc: 'Converts to a word integer, rounding toward zero', below: 2 ** 30, towardZero: true }),
  ...floatForms('fcfid', (rc) => xWith(DOUBLE, 846, rc), 'frt frb', 'Converts from a doubleword integer', ({ frt, frb }, b, record) => {
    operate(b, { name: 'fcfid', record }, frt, fromInteger(b, b.let(frb)));
  }),
  ...floatForms('fres', (rc) => a(SINGLE, 24, rc), 'frt frb lEstimate', 'Estimates a reciprocal', (_, b, record) => {
    callHelper(b, { name: 'fres', record });
  }),
  ...floatForms('frsqrte', (rc) => a(DOUBLE, 26, rc), 'frt frb lEstimate', 'Estimates a reciprocal square root', (_, b, record) => {
    callHelper(b, { name: 'frsqrte', record });
  }),
  ...[false, true].map((record) =>
    insn(`fsel${dot(record)}`, a(DOUBLE, 23, record ? RC : 0), 'frt fra frc frb', sentence('Selects frc where fra is at least 0, else frb', false, record, 'CR1'),
      ({ frt, fra, frb, frc }, b) => {
        // At least 0: no NaN, and not negative but for -0.
        const atLeastZero = fra.shl(1).eqz().or(fra.leU(EXPONENT_OF_INFINITY));
        frt.set(select(atLeastZero, frc, frb));
        if (record) b.recordFloat();
      })),
];
