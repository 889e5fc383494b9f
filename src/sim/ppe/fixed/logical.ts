/** Fixed-point logic, sign extension and leading zeros (Book I, section 3.3.11). */
import type { I64 } from '../../engine/expr.ts';
import { d, xWith } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { finish, recordForms } from '../variants.ts';

function ofTwo(mnemonic: string, number: number, doc: string, compute: (rs: I64, rb: I64) => I64): PpcInstruction[] {
  return recordForms(mnemonic, (rc) => xWith(31, number, rc), 'ra rs rb', doc, ({ ra, rs, rb }) => ({ target: ra, value: compute(rs, rb) }));
}

function ofOne(mnemonic: string, number: number, doc: string, compute: (rs: I64) => I64): PpcInstruction[] {
  return recordForms(mnemonic, (rc) => xWith(31, number, rc), 'ra rs', doc, ({ ra, rs }) => ({ target: ra, value: compute(rs) }));
}

export const LOGICAL: readonly PpcInstruction[] = [
  insn('andi.', d(28), 'ra rs ui', 'ANDs with an immediate; sets CR0.', ({ ra, rs, ui }, b) => {
    finish(b, { target: ra, value: rs.and(ui) }, undefined, true);
  }),
  insn('andis.', d(29), 'ra rs uiHigh', 'ANDs with an immediate shifted left 16 bits; sets CR0.', ({ ra, rs, uiHigh }, b) => {
    finish(b, { target: ra, value: rs.and(uiHigh) }, undefined, true);
  }),
  insn('ori', d(24), 'ra rs ui', 'ORs with an immediate.', ({ ra, rs, ui }) => { ra.set(rs.or(ui)); }),
  insn('oris', d(25), 'ra rs uiHigh', 'ORs with an immediate shifted left 16 bits.', ({ ra, rs, uiHigh }) => { ra.set(rs.or(uiHigh)); }),
  insn('xori', d(26), 'ra rs ui', 'XORs with an immediate.', ({ ra, rs, ui }) => { ra.set(rs.xor(ui)); }),
  insn('xoris', d(27), 'ra rs uiHigh', 'XORs with an immediate shifted left 16 bits.', ({ ra, rs, uiHigh }) => { ra.set(rs.xor(uiHigh)); }),

  ...ofTwo('and', 28, 'ANDs', (rs, rb) => rs.and(rb)),
  ...ofTwo('or', 444, 'ORs', (rs, rb) => rs.or(rb)),
  ...ofTwo('xor', 316, 'XORs', (rs, rb) => rs.xor(rb)),
  ...ofTwo('nand', 476, 'Complement of AND', (rs, rb) => rs.and(rb).not()),
  ...ofTwo('nor', 124, 'Complement of OR', (rs, rb) => rs.or(rb).not()),
  ...ofTwo('eqv', 284, 'Complement of XOR', (rs, rb) => rs.xor(rb).not()),
  ...ofTwo('andc', 60, 'ANDs rs with the complement of rb', (rs, rb) => rs.and(rb.not())),
  ...ofTwo('orc', 412, 'ORs rs with the complement of rb', (rs, rb) => rs.or(rb.not())),
  ...ofOne('extsb', 954, 'Extends the sign of a byte', (rs) => rs.signExtend8()),
  ...ofOne('extsh', 922, 'Extends the sign of a halfword', (rs) => rs.signExtend16()),
  ...ofOne('extsw', 986, 'Extends the sign of a word', (rs) => rs.signExtend32()),
  ...ofOne('cntlzw', 26, 'Counts the leading zeros of the low word', (rs) => rs.toI32().clz().extendU()),
  ...ofOne('cntlzd', 58, 'Counts leading zeros', (rs) => rs.clz()),
];
