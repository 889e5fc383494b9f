/** Bytes as the characters of C. */
const ESCAPES: Readonly<Record<number, string>> = { 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r', 27: '\\033', 92: '\\\\' };
const LONGEST = 200;

interface TextMemory {
  read(address: number, bytes: number): Uint8Array;
}

/** In quotes, with C's escapes. */
export function quotedBytes(bytes: Uint8Array, quote: '"' | "'"): string {
  return `${quote}${[...bytes].map((byte) => escaped(byte, quote)).join('')}${quote}`;
}

/** A text of which the first characters are shown. */
export function quotedText(bytes: Uint8Array): string {
  return `${quotedBytes(bytes.subarray(0, LONGEST), '"')}${bytes.length > LONGEST ? '...' : ''}`;
}

/** The zero-terminated text at an address, as far as there is memory; empty where there is none. */
export function textAt(memory: TextMemory, address: number): string {
  const bytes = memory.read(address, LONGEST);
  if (bytes.length === 0) return '';
  const end = bytes.indexOf(0);
  return `${quotedBytes(end < 0 ? bytes : bytes.subarray(0, end), '"')}${end < 0 ? '...' : ''}`;
}

/** The same where the user asks for the text: what is not there is said. */
export function pointedText(memory: TextMemory, address: number): string {
  return textAt(memory, address) || 'no memory at this address';
}

function escaped(byte: number, quote: string): string {
  const known = ESCAPES[byte];
  if (known !== undefined) return known;
  const character = String.fromCharCode(byte);
  if (character === quote) return `\\${quote}`;
  return byte >= 32 && byte < 127 ? character : `\\${byte.toString(8).padStart(3, '0')}`;
}
