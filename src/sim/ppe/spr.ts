/**
 * Special-purpose registers (Book I, section 3.3.13; Book II, section 4.2). `mfspr` and
 * `mtspr` have one form for each register of a user program; all others raise the program
 * interrupt, privileged for numbers with the bit 0x10.
 */
import { type I64, i64 } from '../engine/expr.ts';
import { swapHalves, unsignedBits } from './bits.ts';
import type { PpcBuilder } from './builder.ts';
import { x } from './encodings.ts';
import { PPE_EXIT } from './exits.ts';
import { insn, type PpcInstruction } from './insn.ts';

/** SPR numbers; a program can only read those of the second row. */
const SPR = {
  xer: 1, lr: 8, ctr: 9, vrsave: 256,
  control: 136, sprg3: 259, timeBase: 268, timeBaseUpper: 269,
} as const;

const PRIVILEGED = 0x10;
const STRING_COUNT = 0x7f;

function numberOf(word: number): number {
  return swapHalves(unsignedBits(word, 11, 10));
}

function suits(number: number): { suits: (word: number) => boolean } {
  return { suits: (word) => numberOf(word) === number };
}

function from(number: number, read: (b: PpcBuilder) => I64): PpcInstruction {
  return { ...insn('mfspr', x(31, 339), 'rt spr', FROM, ({ rt }, b) => { rt.set(read(b)); }), ...suits(number) };
}

function to(number: number, write: (b: PpcBuilder, value: I64) => void): PpcInstruction {
  return { ...insn('mtspr', x(31, 467), 'spr rs', TO, ({ rs }, b) => { write(b, rs); }), ...suits(number) };
}

function timeBase(number: number, read: (b: PpcBuilder) => I64): PpcInstruction {
  return { ...insn('mftb', x(31, 371), 'rt tbr', 'Copies the time base or its upper half.', ({ rt }, b) => { rt.set(read(b)); }), ...suits(number) };
}

function denied(b: PpcBuilder): void {
  b.exit(b.constant32('exit', (word) => (numberOf(word) & PRIVILEGED ? PPE_EXIT.privileged : PPE_EXIT.illegal)));
}

function readXer(b: PpcBuilder): I64 {
  return b.so.shl(31).or(b.ov.shl(30)).or(b.ca.shl(29)).or(b.stringCount).extendU();
}

function writeXer(b: PpcBuilder, value: I64): void {
  const word = b.let(value.toI32());
  b.so.set(word.shrU(31));
  b.ov.set(word.shrU(30).and(1));
  b.ca.set(word.shrU(29).and(1));
  b.stringCount.set(word.and(STRING_COUNT));
}

const FROM = 'Copies a special-purpose register.';
const TO = 'Sets a special-purpose register.';
const upper = (b: PpcBuilder): I64 => b.timeBase().shrU(i64(32));

export const SPECIAL_REGISTERS: readonly PpcInstruction[] = [
  from(SPR.xer, readXer),
  from(SPR.lr, (b) => b.lr),
  from(SPR.ctr, (b) => b.ctr),
  from(SPR.vrsave, (b) => b.vrsave.extendU()),
  from(SPR.control, (b) => b.control.extendU()),
  // What the kernel keeps there is not modelled.
  from(SPR.sprg3, () => i64(0)),
  from(SPR.timeBase, (b) => b.timeBase()),
  from(SPR.timeBaseUpper, upper),
  insn('mfspr', x(31, 339), 'rt spr', FROM, (_, b) => { denied(b); }),
  to(SPR.xer, writeXer),
  to(SPR.lr, (b, value) => { b.lr.set(value); }),
  to(SPR.ctr, (b, value) => { b.ctr.set(value); }),
  to(SPR.vrsave, (b, value) => { b.vrsave.set(value.toI32()); }),
  insn('mtspr', x(31, 467), 'spr rs', TO, (_, b) => { denied(b); }),
  timeBase(SPR.timeBase, (b) => b.timeBase()),
  timeBase(SPR.timeBaseUpper, upper),
];
