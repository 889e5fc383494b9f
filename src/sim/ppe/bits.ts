/** Pieces of an instruction word. `shift` counts from the least significant bit. */

export function unsignedBits(word: number, shift: number, size: number): number {
  return (word >>> shift) & ((1 << size) - 1);
}

export function signedBits(word: number, shift: number, size: number): number {
  return (word << (32 - size - shift)) >> (32 - size);
}

export function fits(value: number, low: number, high: number, unit = 1): boolean {
  return Number.isInteger(value) && value >= low && value <= high && value % unit === 0;
}

export function rangeText(low: number, high: number, unit = 1): string {
  const span = `${String(low)} to ${String(high)}`;
  return unit === 1 ? span : `${span}, a multiple of ${String(unit)}`;
}

/** Shift of XS and MD forms: five bits at 11, the sixth at 1. */
export function shift6(word: number): number {
  return unsignedBits(word, 11, 5) | (unsignedBits(word, 1, 1) << 5);
}

export function encodeShift6(value: number): number {
  return ((value & 31) << 11) | ((value >>> 5) << 1);
}

/** Mask begin or end of MD forms: five bits at 6, the sixth at 5. */
export function mask6(word: number): number {
  return unsignedBits(word, 6, 5) | (unsignedBits(word, 5, 1) << 5);
}

export function encodeMask6(value: number): number {
  return ((value & 31) << 6) | ((value >>> 5) << 5);
}

/** Halves of five bits change places: SPR and TBR numbers. */
export function swapHalves(number: number): number {
  return ((number & 31) << 5) | (number >>> 5);
}

/** Ones from bit `begin` to bit `end` (bit 0 is the highest), around the end of the doubleword when `begin` is behind `end`. */
export function maskFrom(begin: number, end: number): bigint {
  const ALL = 0xffff_ffff_ffff_ffffn;
  const fromBegin = ALL >> BigInt(begin);
  const toEnd = (ALL << BigInt(63 - end)) & ALL;
  return begin <= end ? fromBegin & toEnd : fromBegin | toEnd;
}

/** All bits of the fields of four bits that a mask of eight selects, the first field the highest. */
export function fieldBits(fields: number): number {
  return [0, 1, 2, 3, 4, 5, 6, 7].reduce((mask, field) => (fields & (0x80 >> field) ? mask | (0xf << (28 - 4 * field)) : mask), 0);
}
