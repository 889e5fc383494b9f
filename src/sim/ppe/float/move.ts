/** Floating-point moves (Book I, section 4.6.4): they change no bit but the sign. */
import type { I64 } from '../../engine/expr.ts';
import { RC, xWith } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { dot, sentence } from '../variants.ts';

const SIGN = 1n << 63n;

function move(mnemonic: string, number: number, doc: string, compute: (frb: I64) => I64): PpcInstruction[] {
  return [false, true].map((record) =>
    insn(mnemonic + dot(record), xWith(63, number, record ? RC : 0), 'frt frb', sentence(doc, false, record, 'CR1'), ({ frt, frb }, b) => {
      frt.set(compute(frb));
      if (record) b.recordFloat();
    }));
}

export const FLOAT_MOVE: readonly PpcInstruction[] = [
  ...move('fmr', 72, 'Copies a floating-point register', (frb) => frb),
  ...move('fneg', 40, 'Changes the sign', (frb) => frb.xor(SIGN)),
  ...move('fabs', 264, 'Clears the sign', (frb) => frb.and(~SIGN)),
  ...move('fnabs', 136, 'Sets the sign', (frb) => frb.or(SIGN)),
];
