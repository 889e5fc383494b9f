/**
 * Sub-opcodes of the WebAssembly SIMD operations that SPU meanings use, by lane shape
 * (WebAssembly core specification 2.0, section 5.4.8).
 */
export const I8X16 = {
  eq: 35, gtS: 39, gtU: 40, geU: 44, popcnt: 98, bitmask: 100,
  shl: 107, shrS: 108, shrU: 109, add: 110, sub: 113, minU: 119, maxU: 121, averageU: 123,
} as const;

export const I16X8 = {
  eq: 45, gtS: 49, gtU: 50, bitmask: 132, narrowU32: 134,
  addPairsU8: 125, shl: 139, shrS: 140, shrU: 141, add: 142, sub: 145, mul: 149,
} as const;

export const I32X4 = {
  eq: 55, ne: 56, ltU: 58, gtS: 59, gtU: 60, geU: 64, bitmask: 164,
  addPairsU16: 127, shl: 171, shrS: 172, shrU: 173, add: 174, sub: 177, mul: 181, dotS16: 186,
  /** Products of the low or high four 16-bit lanes, unsigned, as four words. */
  timesLowU16: 190, timesHighU16: 191,
  neg: 161,
  /** Single-precision lanes to unsigned words, truncated and saturated. */
  truncateU: 249,
  /** Two doubles to words in the lower lanes, truncated and saturated. */
  truncateDoublesS: 252, truncateDoublesU: 253,
} as const;

export const I64X2 = {
  allTrue: 195, shl: 203, shrS: 204, shrU: 205, add: 206, eq: 214, ltS: 216, gtS: 217,
  /** The two lower or upper words, sign-extended. */
  extendLowS: 199, extendHighS: 200,
  /** Products of the low or high two 32-bit lanes, unsigned, as two doublewords. */
  timesLowU32: 222, timesHighU32: 223,
} as const;

export const F64X2 = {
  eq: 71, ne: 72, lt: 73, add: 240, sub: 241, mul: 242,
  /** The two lower words to doubles. */
  fromWordsS: 254, fromWordsU: 255,
  /** To singles in the lower lanes and back; rounds to nearest. */
  demote: 94, promote: 95,
} as const;
