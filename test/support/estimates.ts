/** Whether estimates are within the error that the architecture allows (Book I, section 4.6.5.1; AltiVec PEM, chapter 6). */

interface Bound {
  readonly isWithin: (found: number, expected: number) => boolean;
  /** What to compare with for a source that is a number, where the vectors' own estimate is too far off. */
  readonly exact?: (source: number) => number;
}

const SMALLEST_NORMAL = 2 ** -126;
const relative = (most: number): Bound['isWithin'] => (found, expected) =>
  Math.abs(found - expected) <= Math.abs(expected) * most + SMALLEST_NORMAL;

const BOUNDS: Readonly<Record<string, Bound>> = {
  vrefp: { isWithin: relative(1 / 4096) },
  vrsqrtefp: { isWithin: relative(1 / 4096) },
  // QEMU's power series diverges for large exponents: it gives 2^-84 as a negative number.
  vexptefp: { isWithin: relative(1 / 16), exact: (source) => Math.fround(2 ** source) },
  vlogefp: { isWithin: (found, expected) => Math.abs(found - expected) <= 1 / 32 },
};

/** Relative errors of the scalar estimates. */
const SCALAR_BOUNDS: Readonly<Record<string, number>> = { 'fres': 1 / 256, 'fres.': 1 / 256, 'frsqrte': 1 / 32, 'frsqrte.': 1 / 32 };
/** FX, UX, XX and FI: QEMU computes the quotient and says what became of it; a Cell's estimate does not. CR1 copies FX. */
const UNTOLD: Readonly<Record<string, bigint>> = { fpscr: 0x8a02_0000n, cr: 0x0800_0000n };

export function isScalarEstimate(mnemonic: string): boolean {
  return mnemonic in SCALAR_BOUNDS;
}

/** A register after a scalar estimate as it is to be compared: what is expected where it is near enough, or not to be told. */
export function judgedScalarEstimate(mnemonic: string, register: string, found: bigint, expected: bigint): bigint {
  const untold = UNTOLD[register];
  if (untold !== undefined) return (found & ~untold) | (expected & untold);
  const wanted = double(expected);
  const isNear = Number.isFinite(wanted) && Math.abs(double(found) - wanted) <= Math.abs(wanted) * (SCALAR_BOUNDS[mnemonic] ?? 0);
  return isNear ? expected : found;
}

function double(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

const WORD_SHIFTS = [0n, 32n, 64n, 96n];

/** Judges the words of a result; NaNs and infinities have to be the expected ones. */
export function isWithinEstimate(mnemonic: string, source: bigint, found: bigint, expected: bigint): boolean {
  const bound = BOUNDS[mnemonic];
  return WORD_SHIFTS.every((shift) => {
    const word = (value: bigint): number => Number(BigInt.asUintN(32, value >> shift));
    if (word(found) === word(expected)) return true;
    if (!bound) return false;
    const from = single(word(source));
    const wanted = bound.exact && !Number.isNaN(from) ? bound.exact(from) : single(word(expected));
    const result = single(word(found));
    return result === wanted || (Number.isFinite(wanted) && bound.isWithin(result, wanted));
  });
}

function single(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits);
  return view.getFloat32(0);
}
