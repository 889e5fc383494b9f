/**
 * Double precision as the Cell's SPU does it (SPU ISA 1.2, chapter 9): IEEE 754, but
 * denormal operands count as zeros and every NaN result is the same one. Operands and
 * results are bits.
 */
import { defaultNan, DOUBLE, type Exact, type Format, infinity, ROUND, round, type Rounded, signBit, SINGLE } from './exact.ts';
import { DOUBLE_FLAGS } from './fpscr.ts';

interface Operand extends Exact {
  readonly kind: 'number' | 'infinity' | 'nan';
  /** `DOUBLE_FLAGS` that it raises by itself. */
  readonly flags: number;
}

function operand(bits: bigint, format: Format): Operand {
  const { fraction, bias } = format;
  const below = bits & ((1n << BigInt(fraction)) - 1n);
  const field = Number(bits >> BigInt(fraction)) & (2 * bias + 1);
  const negative = (bits & signBit(true, format)) !== 0n;
  const zero = { kind: 'number', negative, mantissa: 0n, exponent: 0, flags: 0 } as const;
  if (field === 2 * bias + 1) {
    if (below === 0n) return { ...zero, kind: 'infinity' };
    const isQuiet = below >> BigInt(fraction - 1) === 1n;
    return { ...zero, kind: 'nan', flags: DOUBLE_FLAGS.nan | (isQuiet ? 0 : DOUBLE_FLAGS.invalid) };
  }
  if (field === 0) return below === 0n ? zero : { ...zero, flags: DOUBLE_FLAGS.denormal };
  return { ...zero, mantissa: below | (1n << BigInt(fraction)), exponent: field - bias - fraction };
}

const negated = <T extends Exact>(x: T): T => ({ ...x, negative: !x.negative });

function isZero({ kind, mantissa }: Operand): boolean {
  return kind === 'number' && mantissa === 0n;
}

/** Of operands that are not NaNs; undefined where it is invalid. */
function product(x: Operand, y: Operand): Operand | undefined {
  const isInfinite = x.kind === 'infinity' || y.kind === 'infinity';
  if (isInfinite && (isZero(x) || isZero(y))) return undefined;
  return {
    kind: isInfinite ? 'infinity' : 'number',
    negative: x.negative !== y.negative,
    mantissa: x.mantissa * y.mantissa,
    exponent: x.exponent + y.exponent,
    flags: 0,
  };
}

/** The same, of a sum. */
function sum(x: Operand, y: Operand, mode: number): Operand | undefined {
  if (x.kind === 'infinity') return y.kind === 'infinity' && x.negative !== y.negative ? undefined : x;
  if (y.kind === 'infinity') return y;
  const exponent = Math.min(x.exponent, y.exponent);
  const total = inUnits(x, exponent) + inUnits(y, exponent);
  const signOfZero = x.negative === y.negative ? x.negative : mode === ROUND.down;
  return { kind: 'number', negative: total === 0n ? signOfZero : total < 0n, mantissa: total < 0n ? -total : total, exponent, flags: 0 };
}

function inUnits({ negative, mantissa, exponent }: Exact, unit: number): bigint {
  const value = mantissa << BigInt(exponent - unit);
  return negative ? -value : value;
}

/** The result of an operation that may have been invalid, with the flags of its operands. */
function finish(operands: readonly Operand[], result: Operand | undefined, format: Format, mode: number): Rounded {
  const raised = operands.reduce((flags, x) => flags | x.flags, 0);
  if (operands.some(({ kind }) => kind === 'nan')) {
    return { bits: defaultNan(format), flags: raised | (result ? 0 : DOUBLE_FLAGS.invalid) };
  }
  if (!result) return { bits: defaultNan(format), flags: raised | DOUBLE_FLAGS.invalid };
  if (result.kind === 'infinity') return { bits: infinity(result.negative, format), flags: raised };
  const { bits, flags } = round(result, format, mode);
  return { bits, flags: flags | raised };
}

export function add(a: bigint, b: bigint, mode: number, subtract = false): Rounded {
  const [x, y] = [operand(a, DOUBLE), operand(b, DOUBLE)];
  return finish([x, y], anyNan(x, y) ? x : sum(x, subtract ? negated(y) : y, mode), DOUBLE, mode);
}

export function multiply(a: bigint, b: bigint, mode: number): Rounded {
  const [x, y] = [operand(a, DOUBLE), operand(b, DOUBLE)];
  return finish([x, y], anyNan(x, y) ? x : product(x, y), DOUBLE, mode);
}

/** a * b + c or a * b - c, rounded once; the result may then be negated, unless it is a NaN. */
export function multiplyAdd(a: bigint, b: bigint, c: bigint, mode: number, how: { subtract: boolean; negate: boolean }): Rounded {
  const [x, y, z] = [operand(a, DOUBLE), operand(b, DOUBLE), operand(c, DOUBLE)];
  // A NaN elsewhere does not hide that infinity is multiplied by zero.
  const ofProduct = anyNan(x, y) ? x : product(x, y);
  const result = ofProduct === undefined || anyNan(ofProduct, z) ? ofProduct : sum(ofProduct, how.subtract ? negated(z) : z, mode);
  const rounded = finish([x, y, z], result, DOUBLE, mode);
  if (!how.negate || rounded.bits === defaultNan(DOUBLE)) return rounded;
  return { ...rounded, bits: rounded.bits ^ signBit(true, DOUBLE) };
}

/** A single, with infinities, NaNs and denormals as IEEE has them, to a double. */
export function fromSingle(a: bigint): Rounded {
  const x = operand(a, SINGLE);
  return finish([x], x, DOUBLE, ROUND.nearest);
}

export function toSingle(a: bigint, mode: number): Rounded {
  const x = operand(a, DOUBLE);
  return finish([x], x, SINGLE, mode);
}

function anyNan(x: Operand, y: Operand): boolean {
  return x.kind === 'nan' || y.kind === 'nan';
}
