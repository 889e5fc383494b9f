/** Bits of the floating-point status and control register (Book I, section 4.2.2). */
export const FPSCR = {
  /** An exception bit changed from 0 to 1. */
  fx: 0x80000000 | 0,
  /** An enabled exception, and any invalid operation: summaries that cannot be written. */
  fex: 0x40000000,
  vx: 0x20000000,
  overflow: 0x10000000,
  underflow: 0x08000000,
  zeroDivide: 0x04000000,
  inexact: 0x02000000,
  signalling: 0x01000000,
  infinityMinusInfinity: 0x00800000,
  infinityByInfinity: 0x00400000,
  zeroByZero: 0x00200000,
  infinityTimesZero: 0x00100000,
  invalidCompare: 0x00080000,
  /** The last operation rounded away from 0; it was inexact. */
  roundedUp: 0x00040000,
  fractionInexact: 0x00020000,
  /** Class and sign of the last result: C, then the four bits that comparisons set too. */
  result: 0x0001f000,
  compared: 0x0000f000,
  /** Always 0. */
  reserved: 0x00000800,
  bySoftware: 0x00000400,
  invalidRoot: 0x00000200,
  invalidConversion: 0x00000100,
  enableInvalid: 0x80,
  enableOverflow: 0x40,
  enableUnderflow: 0x20,
  enableZeroDivide: 0x10,
  enableInexact: 8,
  nonIeee: 4,
  rounding: 3,
} as const;

/** All the bits that say why an operation was invalid: VX is their OR. */
export const INVALID = 0x01f80700;
/** OX, UX, ZX and XX. */
const NOT_INVALID = 0x1e000000;
/** What sets FX, and what `mcrfs` clears. */
export const EXCEPTIONS = INVALID | NOT_INVALID;
export const SUMMARIES = FPSCR.fex | FPSCR.vx;
/** Position of the first bit of the result class. */
export const RESULT_SHIFT = 12;
