/**
 * Instruction formats of the SPU (SPU Instruction Set Architecture 1.2, chapter 2), named
 * as there. Opcodes are written as manuals and GNU tables do: the top 11 bits of the word,
 * with zeros where a format's opcode is shorter. Bits that a format does not use are not
 * compared: the hardware ignores them.
 */
import type { Encoding } from '../engine/isa.ts';

function opcode(bits: number, value: number): Encoding {
  return { mask: (-1 << (32 - bits)) | 0, match: (value << 21) | 0 };
}

/** Three registers, 11-bit opcode; also instructions with fewer operands. */
export const rr = (value: number): Encoding => opcode(11, value);
/** A 7-bit immediate and two registers. */
export const ri7 = (value: number): Encoding => opcode(11, value);
/** An 8-bit scale and two registers. */
export const ri8 = (value: number): Encoding => opcode(10, value);
/** A 10-bit immediate and two registers. */
export const ri10 = (value: number): Encoding => opcode(8, value);
/** A 16-bit immediate and a register. */
export const ri16 = (value: number): Encoding => opcode(9, value);
/** An 18-bit immediate and a register; also branch hints with an immediate target. */
export const ri18 = (value: number): Encoding => opcode(7, value);
/** Four registers. */
export const rrr = (value: number): Encoding => opcode(4, value);

const P_OR_C_BIT = 1 << 20;
const D_BIT = 1 << 19;
const E_BIT = 1 << 18;

/** What an indirect branch does to interrupts: nothing, enable (E bit), disable (D bit). */
export type InterruptFeature = '' | 'd' | 'e';

/** An indirect branch with its interrupt feature bits; both at once is no instruction. */
export function branch(value: number, feature: InterruptFeature): Encoding {
  const base = rr(value);
  const bits = { '': 0, d: D_BIT, e: E_BIT }[feature];
  return { mask: base.mask | D_BIT | E_BIT, match: base.match | bits };
}

/** `sync` and `hbr` have one feature bit: C (synchronise channels) or P (prefetch). */
export function withFeature(value: number, on: boolean): Encoding {
  const base = rr(value);
  return { mask: base.mask | P_OR_C_BIT, match: on ? base.match | P_OR_C_BIT : base.match };
}

/** An encoding in which a field is always 0. */
export function zeroField(base: Encoding, fieldMask: number): Encoding {
  return { mask: base.mask | fieldMask, match: base.match };
}
