/** Unpacking, compared with zlib's own packing at each level and strategy. */
import { constants, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutOfBytes } from '../../../src/sim/program/bigEndian.ts';
import { inflate } from '../../../src/sim/program/inflate.ts';

const { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE } = constants;
const STRATEGIES = { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE };
/** Level 0 stores. */
const LEVELS = [0, 1, 4, 6, 9] as const;

/** Bytes of few values repeat, those of all values do not. */
const contents = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }),
  fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 5000, size: 'max' }).map((values) => Uint8Array.from(values)),
  fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 2000 })).map(([pattern, times]) => new Uint8Array(Buffer.concat(Array.from({ length: times }, () => pattern)))),
);

const packedFrom = (bytes: Uint8Array, level = 6, strategy = Z_DEFAULT_STRATEGY): Uint8Array => new Uint8Array(deflateSync(bytes, { level, strategy }));

function refusal(packed: Uint8Array, size: number): string | undefined {
  try {
    inflate(packed, size);
    return undefined;
  } catch (error) {
    if (error instanceof OutOfBytes) return error.message;
    throw error;
  }
}

describe.each(Object.entries(STRATEGIES))('what zlib packs with %s', (_, strategy) => {
  it.each(LEVELS)('comes out as it went in, level %i', (level) => {
    fc.assert(fc.property(contents, (bytes) => {
      expect(Buffer.compare(inflate(packedFrom(bytes, level, strategy), bytes.length), bytes)).toBe(0);
    }), { numRuns: 30 });
  });
});

it('unpacks more than the window and a block have room for', () => {
  const bytes = Uint8Array.from({ length: 700_000 }, (_, i) => (i * i) >> (i % 7));
  for (const level of [0, 1, 9]) expect(Buffer.compare(inflate(packedFrom(bytes, level), bytes.length), bytes)).toBe(0);
});

describe('damage is refused with a reason', () => {
  it('where the end is missing', () => {
    fc.assert(fc.property(contents, fc.nat(), fc.constantFrom(...LEVELS), (bytes, cut, level) => {
      const packed = packedFrom(bytes, level);
      expect(refusal(packed.subarray(0, cut % packed.length), bytes.length)).toMatch(/^its compressed bytes (end too early|do not begin as zlib data does)$/);
    }));
  });

  it('where a byte is another one: the checksum sees what the codes do not', () => {
    fc.assert(fc.property(contents, fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, place, change) => {
      const packed = packedFrom(bytes);
      const at = place % packed.length;
      packed[at] = (packed[at] ?? 0) ^ change;
      // Some bits mean nothing: the size of the window, how hard zlib tried, what fills up the last byte.
      if (refusal(packed, bytes.length) === undefined) expect(Buffer.compare(inflate(packed, bytes.length), bytes)).toBe(0);
    }), { numRuns: 300 });
  });

  it('where the bytes are no packed ones at all', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(5000), (bytes, size) => {
      expect(refusal(bytes, size)).toBeTypeOf('string');
      expect(refusal(Uint8Array.of(0x78, 0x9c, ...bytes), size)).toBeTypeOf('string');
    }), { numRuns: 500 });
  });

  it.each([
    ['a size that is too small', 99, 'more than 99 bytes come out of it'],
    ['a size that is too large', 101, '100 bytes come out of it instead of 101'],
  ])('for %s', (_, size, message) => {
    expect(refusal(packedFrom(new Uint8Array(100)), size)).toBe(message);
  });

  it('for a dictionary that nobody has', () => {
    expect(refusal(new Uint8Array(deflateSync('abc', { dictionary: Buffer.from('abc') })), 3)).toBe('its compressed bytes do not begin as zlib data does');
  });
});
