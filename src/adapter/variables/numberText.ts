/** Numbers as text, in every notation. */
import { floatOf } from '../../sim/program/floatBits.ts';
import { bytesOfNumber } from '../../sim/program/bigEndian.ts';
import { quotedBytes } from './characters.ts';
import type { Notation } from './notation.ts';

/** The bits of a number, written so. Of floats, those of 32 and 64 bits; the rest are integers. */
export function notated(value: bigint, bits: number, notation: Notation): string {
  const pattern = BigInt.asUintN(bits, value);
  switch (notation) {
    case 's':
    case 'x':
      return `0x${pattern.toString(16)}`;
    case 'd': return String(BigInt.asIntN(bits, value));
    case 'u': return String(pattern);
    case 'o': return `0${pattern === 0n ? '' : pattern.toString(8)}`;
    case 'b': return `0b${pattern.toString(2)}`;
    case 'c': return quotedBytes(bytesOfNumber(pattern, Math.ceil(bits / 8)), "'");
    case 'f': return bits === 32 || bits === 64 ? formatFloat(floatOf(pattern, bits / 8)) : String(BigInt.asIntN(bits, value));
  }
}

export function formatFloat(value: number): string {
  return Object.is(value, -0) ? '-0' : Number.isInteger(value) && Math.abs(value) < 1e15 ? `${String(value)}.0` : String(value);
}
