/** The host helper of fused and estimated single-precision results. */
import { PPE_STATE } from '../../layout.ts';
import { isFused, vectorFloatOperations } from './operations.ts';

const NON_JAVA = 0x10000;
const SIGN = 0x8000_0000;
const EXPONENT = 0x7f80_0000;
const QUIET = 0x40_0000;
const DEFAULT_NAN = 0x7fc0_0000;
const SMALLEST_NORMAL = 2 ** -126;
const VR_BYTES = 16;

const isNaNBits = (bits: number): boolean => (bits & ~SIGN) > EXPONENT;
const flushed = (bits: number): number => ((bits & EXPONENT) === 0 ? bits & SIGN : bits);

/** @param view The registers of the thread. (operation, vrt, vra, vrb, vrc) → 0. */
export function vectorFloatHelper(view: DataView): (...args: number[]) => number {
  const operations = vectorFloatOperations();
  const scratch = new DataView(new ArrayBuffer(4));
  const numberOf = (bits: number): number => {
    scratch.setInt32(0, bits);
    return scratch.getFloat32(0);
  };
  const bitsOf = (value: number): number => {
    scratch.setFloat32(0, value);
    return scratch.getInt32(0);
  };
  return (number = 0, vrt = 0, vra = 0, vrb = 0, vrc = 0) => {
    const compute = operations[number];
    if (!compute) throw new RangeError(`There is no vector operation ${String(number)}.`);
    const hasThree = isFused(number);
    const isFlushing = (view.getUint32(PPE_STATE.vscr, true) & NON_JAVA) !== 0;
    const source = (register: number, lane: number): number => {
      const bits = view.getInt32(PPE_STATE.vr + register * VR_BYTES + lane, true);
      return isFlushing ? flushed(bits) : bits;
    };
    for (let lane = 0; lane < VR_BYTES; lane += 4) {
      const b = source(vrb, lane);
      const a = hasThree ? source(vra, lane) : b;
      const c = hasThree ? source(vrc, lane) : b;
      let result: number;
      if (isNaNBits(a)) result = a | QUIET;
      else if (isNaNBits(b)) result = b | QUIET;
      else if (isNaNBits(c)) result = c | QUIET;
      else {
        const value = compute(numberOf(a), numberOf(b), numberOf(c));
        // What is tiny is so before it is rounded.
        result = Number.isNaN(value) ? DEFAULT_NAN : bitsOf(isFlushing && Math.abs(value) < SMALLEST_NORMAL ? value * 0 : value);
      }
      view.setInt32(PPE_STATE.vr + vrt * VR_BYTES + lane, result, true);
    }
    return 0;
  };
}
