/**
 * Sub-opcodes of the WebAssembly SIMD operations that meanings use, by lane shape
 * (WebAssembly core specification 2.0, section 5.4.8).
 */
export const I8X16 = {
  eq: 35, gtS: 39, gtU: 40, geU: 44, popcnt: 98, allTrue: 99, bitmask: 100,
  narrowS16: 101, narrowU16: 102,
  shl: 107, shrS: 108, shrU: 109, add: 110, addSaturateS: 111, addSaturateU: 112, sub: 113, subSaturateS: 114, subSaturateU: 115,
  minS: 118, minU: 119, maxS: 120, maxU: 121, averageU: 123,
} as const;

export const I16X8 = {
  eq: 45, gtS: 49, gtU: 50, bitmask: 132,
  narrowS32: 133, narrowU32: 134,
  /** Sign-extended low or high eight bytes. */
  extendLowS8: 135, extendHighS8: 136,
  shl: 139, shrS: 140, shrU: 141, add: 142, addSaturateS: 143, addSaturateU: 144, sub: 145, subSaturateS: 146, subSaturateU: 147, mul: 149,
  minS: 150, minU: 151, maxS: 152, maxU: 153, averageU: 155,
  addPairsS8: 124, addPairsU8: 125,
  /** Products of the low or high eight bytes, unsigned, as eight halfwords. */
  timesLowU8: 158, timesHighU8: 159,
} as const;

export const I32X4 = {
  eq: 55, ne: 56, ltU: 58, gtS: 59, gtU: 60, geU: 64, neg: 161, bitmask: 164,
  /** Sign-extended low or high four halfwords. */
  extendLowS16: 167, extendHighS16: 168,
  shl: 171, shrS: 172, shrU: 173, add: 174, sub: 177, mul: 181,
  minS: 182, minU: 183, maxS: 184, maxU: 185,
  addPairsS16: 126, addPairsU16: 127,
  /** Sums of the two products of signed halfwords, modulo. */
  dotS16: 186,
  /** Products of the low or high four halfwords as four words. */
  timesLowS16: 188, timesHighS16: 189, timesLowU16: 190, timesHighU16: 191,
  /** Single-precision lanes to words, truncated and saturated; a NaN gives 0. */
  truncateS: 248, truncateU: 249,
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

export const F32X4 = {
  eq: 65, ne: 66, gt: 68, le: 69, ge: 70,
  ceiling: 103, floor: 104, truncate: 105, nearest: 106,
  add: 228, sub: 229, mul: 230, min: 232, max: 233,
  convertS32: 250, convertU32: 251,
} as const;

export const F64X2 = {
  eq: 71, ne: 72, lt: 73, add: 240, sub: 241, mul: 242,
  /** The two lower words to doubles. */
  fromWordsS: 254, fromWordsU: 255,
  /** To singles in the lower lanes and back; rounds to nearest. */
  demote: 94, promote: 95,
} as const;
