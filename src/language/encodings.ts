/** The bytes and addresses that statements became, beside their lines. */
import type { SourceAnalysis } from './sourceAnalysis.ts';

export interface LineEncoding {
  readonly line: number;
  /** Of the first byte; in an SPU program, in its local store. */
  readonly address: number;
  /** Hexadecimal, a space between bytes: `38 60 00 01`. A macro's instructions follow each other. */
  readonly bytes: string;
  /** More bytes follow than `bytes` shows. */
  readonly more: boolean;
}

/** Two instructions: what a line can show without pushing its own text away. */
const MOST_BYTES = 8;

/** Encodings of the lines from `first` to `last`, by line; none while the program has mistakes. */
export function encodingsOf({ survey, path }: SourceAnalysis, first: number, last: number): LineEncoding[] {
  const lines = new Map<number, { readonly address: number; bytes: number[]; size: number }>();
  for (const { place, address, bytes, size } of survey.assembly?.listing ?? []) {
    if (place.file !== path || place.line < first || place.line > last || bytes.length === 0) continue;
    const known = lines.get(place.line);
    if (!known) lines.set(place.line, { address, bytes: [...bytes.subarray(0, MOST_BYTES)], size });
    else {
      known.bytes = [...known.bytes, ...bytes.subarray(0, MOST_BYTES)].slice(0, MOST_BYTES);
      known.size += size;
    }
  }
  return Array.from(lines, ([line, { address, bytes, size }]) =>
    ({ line, address, bytes: bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' '), more: size > bytes.length })).sort((a, b) => a.line - b.line);
}
