/** The floating-point status and control register (Book I, sections 4.2.2 and 4.6.8). */
import type { I32 } from '../../engine/expr.ts';
import { fieldBits, unsignedBits } from '../bits.ts';
import type { PpcBuilder } from '../builder.ts';
import { RC, xWith } from '../encodings.ts';
import { insn, type Operands, type PpcInstruction } from '../insn.ts';
import { dot, sentence } from '../variants.ts';
import { interruptProgram } from './forms.ts';
import { EXCEPTIONS, FPSCR, INVALID, SUMMARIES } from './fpscr.ts';

/** Writes FPSCR and makes its summaries agree. */
function setStatus(b: PpcBuilder, value: I32): void {
  const bits = b.let(value.and(~(SUMMARIES | FPSCR.reserved)));
  const invalid = b.let(bits.and(INVALID).ne(0).shl(29));
  // VX, OX, UX, ZX, XX and their enables VE, OE, UE, ZE, XE stand in the same order.
  const enabled = bits.or(invalid).shrU(25).and(bits.shrU(3)).and(31);
  b.fpscr.set(bits.or(invalid).or(enabled.ne(0).shl(30)));
}

/** An exception that is enabled now interrupts the program. */
function interruptIfEnabled(b: PpcBuilder, record: boolean): void {
  interruptProgram(b, b.fpscr.and(FPSCR.fex).ne(0).and(b.floatInterruptMode.ne(0)), record);
}

function forms<S extends string>(
  mnemonic: string,
  number: number,
  operands: S,
  doc: string,
  meaning: (operands: Operands<S>, b: PpcBuilder) => void,
  changesStatus = true,
): PpcInstruction[] {
  return [false, true].map((record) =>
    insn(mnemonic + dot(record), xWith(63, number, record ? RC : 0), operands, sentence(doc, false, record, 'CR1'), (o, b) => {
      meaning(o, b);
      if (changesStatus) interruptIfEnabled(b, record);
      if (record) b.recordFloat();
    }));
}

function bit(b: PpcBuilder): I32 {
  return b.constant32('bit', (word) => (0x80000000 >>> unsignedBits(word, 21, 5)) | 0);
}

export const FLOAT_STATUS: readonly PpcInstruction[] = [
  ...forms('mffs', 583, 'frt', 'Copies FPSCR to the low word of a floating-point register', ({ frt }, b) => { frt.set(b.fpscr.extendU()); }, false),
  ...forms('mtfsf', 711, 'flm frb', 'Sets the FPSCR fields that a mask selects', ({ frb }, b) => {
    const mask = b.let(b.constant32('fields', (word) => fieldBits(unsignedBits(word, 17, 8))));
    setStatus(b, b.fpscr.and(mask.not()).or(frb.toI32().and(mask)));
  }),
  ...forms('mtfsfi', 134, 'bff u', 'Sets an FPSCR field to an immediate', (_, b) => {
    const mask = b.constant32('fields', (word) => fieldBits(0x80 >> unsignedBits(word, 23, 3)));
    const value = b.constant32('value', (word) => unsignedBits(word, 12, 4) << (28 - 4 * unsignedBits(word, 23, 3)));
    setStatus(b, b.fpscr.and(mask.not()).or(value));
  }),
  ...forms('mtfsb0', 70, 'btf', 'Clears an FPSCR bit', (_, b) => { setStatus(b, b.fpscr.and(bit(b).not())); }),
  ...forms('mtfsb1', 38, 'btf', 'Sets an FPSCR bit', (_, b) => {
    // As the vectors have it: NI stays, and FX is not set by an exception bit (Book I, section 4.6.8, says otherwise).
    setStatus(b, b.fpscr.or(bit(b).and(~FPSCR.nonIeee)));
  }),
  insn('mcrfs', xWith(63, 64, 0), 'bft bfa', 'Copies an FPSCR field to CR and clears its exception bits.', ({ bft }, b) => {
    const shift = b.constant8('shift', (word) => 28 - 4 * unsignedBits(word, 18, 3));
    const cleared = b.constant32('cleared', (word) => (0xf << (28 - 4 * unsignedBits(word, 18, 3))) & (FPSCR.fx | EXCEPTIONS));
    const before = b.let(b.fpscr);
    bft.set(b.conditionsOf(before.shrU(shift).and(15)));
    setStatus(b, before.and(cleared.not()));
  }),
];
