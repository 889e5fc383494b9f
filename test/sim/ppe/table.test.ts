import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Decoder } from '../../../src/sim/engine/isa.ts';
import { PPC } from '../../../src/sim/ppe/instructionSet.ts';

const decoder = new Decoder(PPC);
const ENTRIES = [...PPC.instructions, ...PPC.aliases];
/** Operands of spellings whose word is made of all of them together. */
const isPlain = (entry: (typeof ENTRIES)[number]): boolean => entry.combine === undefined;
/** Fields that drop or add bits on purpose: hints are added, `mtcrf` of one field becomes `mtocrf`. */
const CHANGING = new Set(['boTaken', 'boNotTaken']);

/** Values that a field takes, spread over its range. */
function legalValues(encode: (value: number) => number | undefined): number[] {
  const candidates = [...Array.from({ length: 280 }, (_, n) => n - 20), ...Array.from({ length: 300 }, (_, n) => (n - 150) * 468), 268, 269, -33554432, 33554428, 65535];
  return candidates.filter((value) => encode(value) !== undefined);
}

describe('operand fields', () => {
  const fields = new Map(ENTRIES.filter(isPlain).flatMap(({ operands }) => operands.map(({ field }) => [field.name, field])));

  it.each([...fields.values()].filter(({ name }) => !CHANGING.has(name)).map((field) => [field.name, field] as const))('%s decodes what it encodes', (_, field) => {
    const values = legalValues(field.encode);
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) {
      const decoded = field.decode(field.encode(value) ?? 0);
      // High halves may be written unsigned, a string of 32 bytes as 0.
      const alternatives = [value, value - 0x10000, value + 0x10000, value + 32];
      expect(alternatives).toContain(decoded);
      expect(field.encode(decoded)).toBe(field.encode(value));
    }
  });

  it.each([...fields.values()].map((field) => [field.name, field] as const))('%s refuses what does not fit, and says what does', (_, field) => {
    expect(field.encode(0.5)).toBeUndefined();
    expect(field.encode(2 ** 40)).toBeUndefined();
    expect(field.encode(-(2 ** 40))).toBeUndefined();
    expect(field.range).toMatch(/\d/);
  });
});

describe('the table', () => {
  it('documents every entry with one sentence', () => {
    expect(ENTRIES.filter(({ doc }) => !/^[A-Z].*\.$/.test(doc)).map(({ mnemonic }) => mnemonic)).toEqual([]);
  });

  it('has every extended mnemonic spell an instruction that it has', () => {
    const known = new Set(PPC.instructions.map(({ mnemonic }) => mnemonic));
    expect(PPC.aliases.filter(({ aliasOf = '' }) => !known.has(aliasOf)).map(({ mnemonic }) => mnemonic)).toEqual([]);
  });

  it('decodes every instruction to itself, whatever its operands', () => {
    for (const entry of PPC.instructions) {
      const operands = fc.tuple(...entry.operands.map(({ field }) => fc.constantFrom(...legalValues(field.encode))));
      fc.assert(fc.property(operands, (values) => {
        const word = entry.operands.reduce((sum, { field }, i) => sum | (field.encode(Number(values[i])) ?? 0), entry.encoding.match);
        const found = decoder.decode(word);
        // One field of `mtcrf` makes `mtocrf`.
        return found?.mnemonic === entry.mnemonic || (entry.mnemonic === 'mtcrf' && found?.mnemonic === 'mtocrf');
      }), { numRuns: 25 });
    }
  });

  it('has no two instructions for one word', () => {
    const clashes = PPC.instructions.flatMap((a, i) => PPC.instructions.slice(i + 1)
      .filter((b) => a.mnemonic !== b.mnemonic && ((a.encoding.match ^ b.encoding.match) & a.encoding.mask & b.encoding.mask) === 0)
      .map((b) => `${a.mnemonic} and ${b.mnemonic}`));
    expect(clashes).toEqual([]);
  });

  it('knows the extended mnemonics whose operands make a field together', () => {
    const combined = (mnemonic: string, values: readonly number[]): number | undefined => {
      const entry = PPC.aliases.find((e) => e.mnemonic === mnemonic);
      const bits = entry?.combine?.(values);
      return entry && bits !== undefined ? (entry.encoding.match | bits) >>> 0 : undefined;
    };
    // As GNU as has them (ppc64-asm.json).
    expect(combined('extrwi', [14, 8, 8, 11])).toBe(0x550e9e3e);
    expect(combined('inslwi', [30, 18, 5, 1])).toBe(0x525ef84a);
    expect(combined('insrdi', [25, 10, 2, 10])).toBe(0x7959a28e);
    expect(combined('clrlslwi', [23, 24, 20, 10])).toBe(0x571752aa);
    expect(combined('clrlsldi', [31, 14, 40, 21])).toBe(0x79dfacc8);
    expect(combined('extrdi', [12, 13, 19, 14])).toBe(0x79ac0b62);
    expect(combined('insrwi', [18, 20, 4, 8])).toBe(0x5292a216);
    expect(combined('extrwi', [14, 8, 30, 11])).toBeUndefined();
  });
});
