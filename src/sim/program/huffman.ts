/** The codes of deflate (RFC 1951, 3.2). */
import { OutOfBytes } from './bigEndian.ts';

/** By the next `longest` bits: the symbol times 16, plus the length of its code; 0 where no code begins so. */
export interface HuffmanCode {
  readonly table: Uint16Array;
  readonly longest: number;
}

/** A symbol that stands for a number: a base, and how many bits follow to be added to it. */
interface NumberCode {
  readonly base: number;
  readonly extraBits: number;
}

export const LONGEST_CODE = 15;
export const END_OF_BLOCK = 256;
/** In which order the lengths of the code for lengths are written. */
export const LENGTHS_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const;

/** Of lengths, by the symbol less 257. The longest has a symbol of its own. */
export const LENGTH_CODES: readonly NumberCode[] = [...numberCodes(3, 4, 28), { base: 258, extraBits: 0 }];
export const DISTANCE_CODES: readonly NumberCode[] = numberCodes(1, 2, 30);

/** @param lengths Bits of each symbol's code, 0 for none. Throws `OutOfBytes` where there are more codes than bits can tell apart. */
export function huffmanCode(lengths: Uint8Array): HuffmanCode {
  const longest = Math.max(1, ...lengths);
  const table = new Uint16Array(1 << longest);
  let code = 0;
  for (let length = 1; length <= longest; length += 1, code *= 2) {
    for (let symbol = lengths.indexOf(length); symbol >= 0; symbol = lengths.indexOf(length, symbol + 1)) {
      if (code >= 1 << length) throw new OutOfBytes('its compressed bytes have too many codes');
      for (let i = reversed(code, length); i < table.length; i += 1 << length) table[i] = symbol * 16 + length;
      code += 1;
    }
  }
  return { table, longest };
}

export const FIXED_CODES = {
  literals: huffmanCode(Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
  distances: huffmanCode(new Uint8Array(32).fill(5)),
} as const;

/** Ranges that double in size after each group of symbols; the first two groups have one number a symbol. */
function numberCodes(first: number, group: number, count: number): NumberCode[] {
  const codes: NumberCode[] = [];
  for (let base = first, i = 0; i < count; i += 1) {
    const extraBits = Math.max(Math.floor(i / group) - 1, 0);
    codes.push({ base, extraBits });
    base += 1 << extraBits;
  }
  return codes;
}

/** Codes are packed from their highest bit on, all else from the lowest. */
function reversed(code: number, length: number): number {
  let result = 0;
  for (let i = 0; i < length; i += 1) result |= ((code >> i) & 1) << (length - 1 - i);
  return result;
}
