/** Singles as the SPU has them, in whole numbers: what its arithmetic is compared with. */

/** Exact singles are in units of 2^-150, their products in units of 2^-300. */
export const UNITS_OF_A_SINGLE = 150n;
const UNITS_OF_A_PRODUCT = 300;
const OVERFLOW = 5;
const UNDERFLOW = 3;
const DIFFERENCE = 1;

const exponentOf = (word: number): number => (word >>> 23) & 0xff;

/** Denormals are zeros, and 255 is an exponent like others. */
export function exactSingle(word: number): bigint {
  const exponent = exponentOf(word);
  if (exponent === 0) return 0n;
  const magnitude = BigInt((word & 0x7f_ffff) | 0x80_0000) << BigInt(exponent);
  return word >>> 31 === 1 ? -magnitude : magnitude;
}

/** The single that an exact result in units of a product becomes, and the flags that it and its operands raise. */
export function truncatedSingle(exact: bigint, operands: readonly number[]): { word: number; flags: number } {
  const isIeee = operands.every((word) => exponentOf(word) !== 0xff && (exponentOf(word) !== 0 || (word & 0x7f_ffff) === 0));
  const { word, flags } = truncate(exact);
  return { word, flags: flags | (isIeee && exponentOf(word) !== 0xff ? 0 : DIFFERENCE) };
}

function truncate(exact: bigint): { word: number; flags: number } {
  if (exact === 0n) return { word: 0, flags: 0 };
  const sign = exact < 0n ? 0x8000_0000 : 0;
  const digits = (exact < 0n ? -exact : exact).toString(2);
  const exponent = digits.length - 1 - UNITS_OF_A_PRODUCT + 127;
  if (exponent < 1) return { word: 0, flags: UNDERFLOW };
  if (exponent > 0xff) return { word: sign + 0x7fff_ffff, flags: OVERFLOW };
  const fraction = parseInt(digits.slice(1, 24).padEnd(23, '0'), 2);
  return { word: sign + exponent * 2 ** 23 + fraction, flags: 0 };
}

const view = new DataView(new ArrayBuffer(4));

/** Of words that mean the same to IEEE 754. */
export function valueOf(word: number): number {
  view.setUint32(0, word);
  return view.getFloat32(0);
}

export function bitsOf(value: number): number {
  view.setFloat32(0, value);
  return view.getUint32(0);
}
