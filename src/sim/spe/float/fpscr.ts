/**
 * The floating-point status and control register (SPU ISA 1.2, chapter 9): a word for each
 * slice of single precision, which is a lane of its own.
 */

/** Sticky bits of single precision, in the word of their slice. */
export const SINGLE_FLAGS = { overflow: 4, underflow: 2, difference: 1 } as const;

/** Sticky bits of double precision: word 1 keeps those of slice 0, word 2 those of slice 1. */
export const DOUBLE_FLAGS = {
  overflow: 0x2000, underflow: 0x1000, inexact: 0x0800, invalid: 0x0400, nan: 0x0200, denormal: 0x0100,
} as const;

/** Rounding modes of both slices, in word 0: two bits each, slice 0 above slice 1. */
export const ROUNDING = { both: 0xf00, shift: [10, 8] } as const;

/** Division by zero of slice 0 in word 3; those of slices 1 to 3 follow below it. */
export const DIVIDE_BY_ZERO = 0x800;

/** Bits that exist, by word. */
export const FPSCR_BITS: readonly number[] = [0x0f07, 0x3f07, 0x3f07, 0x0f07];
