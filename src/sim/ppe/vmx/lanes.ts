/**
 * Sub-opcodes of the WebAssembly SIMD operations that VMX meanings use, by lane shape
 * (WebAssembly core specification 2.0, section 5.4.8).
 */
export const I8X16 = {
  eq: 35, gtS: 39, gtU: 40, allTrue: 99,
  narrowS16: 101, narrowU16: 102,
  shrS: 108, add: 110, addSaturateS: 111, addSaturateU: 112, sub: 113, subSaturateS: 114, subSaturateU: 115,
  minS: 118, minU: 119, maxS: 120, maxU: 121, averageU: 123,
} as const;

export const I16X8 = {
  eq: 45, gtS: 49, gtU: 50,
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
  eq: 55, ltU: 58, gtS: 59, gtU: 60, geU: 64,
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
} as const;

export const I64X2 = {
  shl: 203, shrU: 205,
} as const;

export const F32X4 = {
  eq: 65, ne: 66, gt: 68, le: 69, ge: 70,
  ceiling: 103, floor: 104, truncate: 105, nearest: 106,
  add: 228, sub: 229, mul: 230, min: 232, max: 233,
  convertS32: 250, convertU32: 251,
} as const;
