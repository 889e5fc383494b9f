/**
 * Instruction formats of the PowerPC Architecture Book I, section 1.7. A Cell ignores the
 * reserved bits of an instruction (vectors README: `mffs`, `mulhw`), so masks hold the
 * opcodes only.
 */
import type { Encoding } from '../engine/isa.ts';

/** The record bit, the overflow bit of XO forms, and the link and absolute bits of branches. */
export const RC = 1;
export const OE = 0x400;
export const LK = 1;
export const AA = 2;

export function primary(opcode: number): number {
  return opcode << 26;
}

/** D form: an opcode of six bits. */
export function d(opcode: number): Encoding {
  return { mask: 0xfc000000, match: primary(opcode) };
}

/** DS form: two more bits of opcode at the end. */
export function ds(opcode: number, xo: number): Encoding {
  return { mask: 0xfc000003, match: primary(opcode) | xo };
}

/** X and XL form without a record bit. */
export function x(opcode: number, xo: number): Encoding {
  return { mask: 0xfc0007fe, match: primary(opcode) | (xo << 1) };
}

/** X and XL form whose last bit is an opcode bit (record, link), and VX form with `last` in place of it. */
export function xWith(opcode: number, xo: number, last: number): Encoding {
  return { mask: 0xfc0007ff, match: primary(opcode) | (xo << 1) | last };
}

/** XO form; `overflow` and `record` are `OE` or 0 and `RC` or 0. */
export function xo(number: number, overflow: number, record: number): Encoding {
  return { mask: 0xfc0007ff, match: primary(31) | (number << 1) | overflow | record };
}

/** XO form of an instruction that has no overflow bit; a Cell ignores it. */
export function xoPlain(number: number, record: number): Encoding {
  return { mask: 0xfc0003ff, match: primary(31) | (number << 1) | record };
}

/** XS form: a shift of six bits around the record bit. */
export function xs(opcode: number, number: number, record: number): Encoding {
  return { mask: 0xfc0007fd, match: primary(opcode) | (number << 2) | record };
}

/** M form, and D form whose opcode tells the record bit. */
export function m(opcode: number, record: number): Encoding {
  return { mask: 0xfc000001, match: primary(opcode) | record };
}

/** MD form: three bits of opcode before the high bit of the shift. */
export function md(number: number, record: number): Encoding {
  return { mask: 0xfc00001d, match: primary(30) | (number << 2) | record };
}

/** MDS form. */
export function mds(number: number, record: number): Encoding {
  return { mask: 0xfc00001f, match: primary(30) | (number << 1) | record };
}

/** A form of floating-point arithmetic. */
export function a(opcode: number, number: number, record: number): Encoding {
  return { mask: 0xfc00003f, match: primary(opcode) | (number << 1) | record };
}

/** VA form: six bits of opcode at the end. */
export function va(number: number): Encoding {
  return { mask: 0xfc00003f, match: primary(4) | number };
}

/** VX form: eleven bits of opcode at the end. */
export function vx(number: number): Encoding {
  return { mask: 0xfc0007ff, match: primary(4) | number };
}

/** VXR form: ten bits of opcode, and a record bit before them. */
export function vxr(number: number, record: boolean): Encoding {
  return { mask: 0xfc0007ff, match: primary(4) | number | (record ? 0x400 : 0) };
}

/** I, B and SC form: the last two bits are `AA` and `LK`. */
export function branch(opcode: number, last: number): Encoding {
  return { mask: 0xfc000003, match: primary(opcode) | last };
}

/** Narrows an encoding: bits of `value` under `mask` are opcode too. */
export function fixed(encoding: Encoding, mask: number, value: number): Encoding {
  return { mask: encoding.mask | mask, match: encoding.match | value };
}
