/** What a search looks for: bytes, a text or words as people write them. */
export type PatternForm = 'bytes' | 'text' | 'words';

const WORD_BYTES = 4;

/** A sentence for what is no pattern of its form. */
export function patternBytes(form: PatternForm, pattern: string): Uint8Array | string {
  const bytes = form === 'text' ? utf8(pattern) : form === 'bytes' ? hexBytes(pattern) : words(pattern);
  if (typeof bytes !== 'string' && bytes.length === 0) return 'There is nothing to search for; write some bytes, a text or words.';
  return bytes;
}

/** `de ad be ef` or `deadbeef`. */
function hexBytes(pattern: string): Uint8Array | string {
  const digits = pattern.replace(/\s+|0x/gi, '');
  if (!/^([\da-f]{2})*$/i.test(digits)) return `"${pattern}" is not made of bytes; write two hexadecimal digits for each, like de ad be ef.`;
  return Uint8Array.from(digits.match(/../g) ?? [], (byte) => parseInt(byte, 16));
}

/** `0xdeadbeef 7 -1`: big-endian, as the machine has them. */
function words(pattern: string): Uint8Array | string {
  const numbers = pattern.trim().split(/[\s,]+/).filter((word) => word !== '');
  const view = new DataView(new ArrayBuffer(numbers.length * WORD_BYTES));
  for (const [index, number] of numbers.entries()) {
    const value = /^(-?\d+|0x[\da-f]+)$/i.test(number) ? Number(number) : NaN;
    if (!(value >= -(2 ** 31) && value < 2 ** 32)) return `"${number}" is no word of 32 bits; write words like 0xdeadbeef 7 -1.`;
    view.setUint32(index * WORD_BYTES, value);
  }
  return new Uint8Array(view.buffer);
}

function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x1_0000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return Uint8Array.from(bytes);
}
