/**
 * The single-precision operations that a helper does, on numbers that are no NaNs. Only
 * operations that are exactly rounded everywhere are used, so that all hosts agree.
 */

/** Sources as numbers; the result is rounded to single by who stores it. */
type Compute = (a: number, b: number, c: number) => number;

const FUSED = ['vmaddfp', 'vnmsubfp'] as const;
const ESTIMATED = ['vrefp', 'vrsqrtefp', 'vexptefp', 'vlogefp'] as const;
export type VectorFloatName = (typeof FUSED)[number] | (typeof ESTIMATED)[number];

const NAMES: readonly VectorFloatName[] = [...FUSED, ...ESTIMATED];

/** The number that an instruction gives to the helper. */
export function vectorFloatNumber(name: VectorFloatName): number {
  return NAMES.indexOf(name);
}

/** Whether vra and vrc are sources too. */
export function isFused(number: number): boolean {
  return number < FUSED.length;
}

/** What each operation computes, by its number. */
export function vectorFloatOperations(): readonly Compute[] {
  const double = new Double();
  const compute: Readonly<Record<VectorFloatName, Compute>> = {
    vmaddfp: (a, b, c) => fusedSum(double, a * c, b),
    vnmsubfp: (a, b, c) => -fusedSum(double, a * c, -b),
    vrefp: (_a, b) => 1 / b,
    vrsqrtefp: (_a, b) => 1 / Math.sqrt(b),
    vexptefp: (_a, b) => exponential(double, b),
    vlogefp: (_a, b) => logarithm(double, b),
  };
  return NAMES.map((name) => compute[name]);
}

const FRACTION_HIGH_BITS = 20;
const BIAS = 1023;

/** The bits of a double. */
class Double {
  private readonly view = new DataView(new ArrayBuffer(8));
  get value(): number { return this.view.getFloat64(0); }
  set value(value: number) { this.view.setFloat64(0, value); }

  get exponent(): number { return ((this.view.getInt32(0) >>> FRACTION_HIGH_BITS) & 0x7ff) - BIAS; }
  get isOdd(): boolean { return (this.view.getInt32(4) & 1) !== 0; }

  power(exponent: number): number {
    this.view.setInt32(0, (exponent + BIAS) << FRACTION_HIGH_BITS);
    this.view.setInt32(4, 0);
    return this.value;
  }

  /** To the next larger or smaller magnitude, from an even one. */
  step(isAway: boolean): void {
    const low = this.view.getInt32(4);
    if (!isAway && low === 0) this.view.setInt32(0, this.view.getInt32(0) - 1);
    this.view.setInt32(4, low + (isAway ? 1 : -1));
  }
}

/**
 * A product of two singles, which a double holds exactly, and a single, to be rounded to
 * single: the sum is rounded to odd, so that rounding it again rounds as if once.
 */
function fusedSum(double: Double, product: number, addend: number): number {
  const sum = product + addend;
  if (!Number.isFinite(sum)) return sum;
  const added = sum - product;
  const error = (product - (sum - added)) + (addend - added);
  if (error === 0) return sum;
  double.value = sum;
  if (!double.isOdd) double.step(error > 0 === sum > 0);
  return double.value;
}

/** Beyond all results of single precision, and within the exponents of doubles. */
const LARGEST_EXPONENT = 1000;
const SERIES_TERMS = 12;

/** 2 to a power: the whole part is an exponent, the rest a power series. */
function exponential(double: Double, x: number): number {
  const limited = Math.max(-LARGEST_EXPONENT, Math.min(LARGEST_EXPONENT, x));
  const whole = Math.floor(limited);
  const rest = (limited - whole) * Math.LN2;
  let sum = 1;
  for (let n = SERIES_TERMS; n > 0; n -= 1) sum = 1 + (sum * rest) / n;
  return sum * double.power(whole);
}

/** Logarithm to base 2: the exponent, and the series of atanh((m - 1) / (m + 1)) for the rest m, from 1 to 2. */
function logarithm(double: Double, x: number): number {
  if (x === 0) return -Infinity;
  if (x < 0) return NaN;
  if (x === Infinity) return x;
  double.value = x;
  const { exponent } = double;
  const m = x * double.power(-exponent);
  const z = (m - 1) / (m + 1);
  let sum = 0;
  for (let n = 2 * SERIES_TERMS + 1; n > 0; n -= 2) sum = sum * z * z + 1 / n;
  return exponent + (2 * z * sum) / Math.LN2;
}
