/** Fixed-point addition and subtraction (PowerPC Architecture Book I, section 3.3.8). */
import type { I64Cell } from '../../engine/builder.ts';
import { type I64, i64 } from '../../engine/expr.ts';
import type { PpcBuilder } from '../builder.ts';
import { d } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { dot, finish, overflowForms, type OverflowingResult, sentence } from '../variants.ts';

const MOST_NEGATIVE = -(1n << 63n);

/** x + y + CA. Subtraction is the sum with an inverted operand. */
function sumWithCarry(b: PpcBuilder, target: I64Cell, first: I64, y: I64): OverflowingResult {
  const x = b.let(first);
  const partial = b.let(x.plus(y));
  const value = b.let(partial.plus(b.ca.extendU()));
  return {
    target,
    value,
    carry: partial.ltU(x).or(value.ltU(partial)),
    overflow: () => x.xor(value).and(y.xor(value)).ltS(0),
  };
}

export const ARITHMETIC: readonly PpcInstruction[] = [
  insn('addi', d(14), 'rt ra0 si', 'Adds an immediate to ra, or to 0 where ra is register 0.', ({ rt, ra0, si }) => { rt.set(ra0.plus(si)); }),
  insn('addis', d(15), 'rt ra0 siHigh', 'Adds an immediate shifted left 16 bits to ra, or to 0 where ra is register 0.', ({ rt, ra0, siHigh }) => {
    rt.set(ra0.plus(siHigh));
  }),
  ...[false, true].map((record) =>
    insn(`addic${dot(record)}`, d(record ? 13 : 12), 'rt ra si', sentence('Adds an immediate; sets CA', false, record), ({ rt, ra, si }, b) => {
      const x = b.let(ra);
      const value = b.let(x.plus(si));
      finish(b, { target: rt, value, carry: value.ltU(x) }, undefined, record);
    })),
  insn('subfic', d(8), 'rt ra si', 'Subtracts ra from an immediate; sets CA.', ({ rt, ra, si }, b) => {
    const x = b.let(ra);
    finish(b, { target: rt, value: si.minus(x), carry: si.geU(x) }, undefined, false);
  }),

  ...overflowForms('add', 266, 'rt ra rb', 'Adds', ({ rt, ra, rb }, b) => {
    const value = b.let(ra.plus(rb));
    return { target: rt, value, overflow: () => ra.xor(value).and(rb.xor(value)).ltS(0) };
  }),
  ...overflowForms('addc', 10, 'rt ra rb', 'Adds; sets CA', ({ rt, ra, rb }, b) => {
    const value = b.let(ra.plus(rb));
    return { target: rt, value, carry: value.ltU(ra), overflow: () => ra.xor(value).and(rb.xor(value)).ltS(0) };
  }),
  ...overflowForms('adde', 138, 'rt ra rb', 'Adds with CA; sets CA', ({ rt, ra, rb }, b) => sumWithCarry(b, rt, ra, rb)),
  ...overflowForms('addme', 234, 'rt ra', 'Adds CA and -1; sets CA', ({ rt, ra }, b) => sumWithCarry(b, rt, ra, i64(-1))),
  ...overflowForms('addze', 202, 'rt ra', 'Adds CA; sets CA', ({ rt, ra }, b) => sumWithCarry(b, rt, ra, i64(0))),

  ...overflowForms('subf', 40, 'rt ra rb', 'Subtracts ra from rb', ({ rt, ra, rb }, b) => {
    const value = b.let(rb.minus(ra));
    return { target: rt, value, overflow: () => rb.xor(ra).and(rb.xor(value)).ltS(0) };
  }),
  ...overflowForms('subfc', 8, 'rt ra rb', 'Subtracts ra from rb; sets CA', ({ rt, ra, rb }, b) => {
    const value = b.let(rb.minus(ra));
    return { target: rt, value, carry: rb.geU(ra), overflow: () => rb.xor(ra).and(rb.xor(value)).ltS(0) };
  }),
  ...overflowForms('subfe', 136, 'rt ra rb', 'Adds rb, the complement of ra, and CA; sets CA', ({ rt, ra, rb }, b) => sumWithCarry(b, rt, ra.not(), rb)),
  ...overflowForms('subfme', 232, 'rt ra', 'Adds the complement of ra, CA and -1; sets CA', ({ rt, ra }, b) => sumWithCarry(b, rt, ra.not(), i64(-1))),
  ...overflowForms('subfze', 200, 'rt ra', 'Adds the complement of ra and CA; sets CA', ({ rt, ra }, b) => sumWithCarry(b, rt, ra.not(), i64(0))),
  ...overflowForms('neg', 104, 'rt ra', 'Negates', ({ rt, ra }) => ({ target: rt, value: ra.neg(), overflow: () => ra.eq(MOST_NEGATIVE) })),
];
