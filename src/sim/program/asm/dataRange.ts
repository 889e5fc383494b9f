import { StatementError } from './error.ts';

/** The value, when a number of `size` bytes can hold it, signed or not. */
export function checkedData(value: bigint, size: number): bigint {
  const bits = BigInt(8 * size);
  const low = -(1n << (bits - 1n));
  const high = (1n << bits) - 1n;
  if (value < low || value > high) {
    throw new StatementError(`The value ${String(value)} does not fit ${size === 1 ? 'a byte' : `${String(size)} bytes`}: it must be ${String(low)} to ${String(high)}.`);
  }
  return value;
}
