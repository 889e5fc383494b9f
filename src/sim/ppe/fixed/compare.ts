/** Comparison into a CR field (Book I, section 3.3.9). */
import type { I32Cell } from '../../engine/builder.ts';
import type { I64 } from '../../engine/expr.ts';
import type { PpcBuilder } from '../builder.ts';
import { d, fixed, x } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';

/** The operand-size bit: 1 compares doublewords. */
const L = 1 << 21;

function signed(b: PpcBuilder, field: I32Cell, left: I64, right: I64): void {
  const [x, y] = [b.let(left), b.let(right)];
  field.set(b.conditions(x.ltS(y), x.gtS(y), x.eq(y), b.so));
}

function unsigned(b: PpcBuilder, field: I32Cell, left: I64, right: I64): void {
  const [x, y] = [b.let(left), b.let(right)];
  field.set(b.conditions(x.ltU(y), x.gtU(y), x.eq(y), b.so));
}

export const COMPARE: readonly PpcInstruction[] = [
  insn('cmpd', fixed(x(31, 0), L, L), 'bf ra rb', 'Compares doublewords, signed.', ({ bf, ra, rb }, b) => { signed(b, bf, ra, rb); }),
  insn('cmpw', fixed(x(31, 0), L, 0), 'bf ra rb', 'Compares words, signed.', ({ bf, ra, rb }, b) => {
    signed(b, bf, ra.signExtend32(), rb.signExtend32());
  }),
  insn('cmpld', fixed(x(31, 32), L, L), 'bf ra rb', 'Compares doublewords, unsigned.', ({ bf, ra, rb }, b) => { unsigned(b, bf, ra, rb); }),
  insn('cmplw', fixed(x(31, 32), L, 0), 'bf ra rb', 'Compares words, unsigned.', ({ bf, ra, rb }, b) => {
    unsigned(b, bf, ra.zeroExtend32(), rb.zeroExtend32());
  }),
  insn('cmpdi', fixed(d(11), L, L), 'bf ra si', 'Compares a doubleword with an immediate, signed.', ({ bf, ra, si }, b) => { signed(b, bf, ra, si); }),
  insn('cmpwi', fixed(d(11), L, 0), 'bf ra si', 'Compares a word with an immediate, signed.', ({ bf, ra, si }, b) => {
    signed(b, bf, ra.signExtend32(), si);
  }),
  insn('cmpldi', fixed(d(10), L, L), 'bf ra uiCompared', 'Compares a doubleword with an immediate, unsigned.', ({ bf, ra, uiCompared }, b) => { unsigned(b, bf, ra, uiCompared); }),
  insn('cmplwi', fixed(d(10), L, 0), 'bf ra uiCompared', 'Compares a word with an immediate, unsigned.', ({ bf, ra, uiCompared }, b) => {
    unsigned(b, bf, ra.zeroExtend32(), uiCompared);
  }),
];
