import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readElf } from '../../../src/sim/program/elf/readElf.ts';
import { ProgramErrors } from '../../../src/sim/program/program.ts';
import { Writer, buildElf, bytes, smallPpcPlan } from '../../support/elfBuilder.ts';
import { type GuestName, readGuest } from '../../support/guests.ts';

/** Reads a file; whatever happens must be a program or sentences. Returns the sentences. */
function judge(file: Uint8Array): readonly string[] {
  try {
    const { program, warnings } = readElf('guest', file);
    const { addresses, fileIndex, files } = program.lines;
    expect(addresses.every((address, i) => i === 0 || address >= (addresses[i - 1] ?? 0))).toBe(true);
    expect(fileIndex.every((index) => index >= -1 && index < files.length)).toBe(true);
    expect(program.segments.every((s) => s.bytes.length <= s.memorySize && s.address + s.memorySize <= 2 ** 44)).toBe(true);
    return warnings;
  } catch (error) {
    if (!(error instanceof ProgramErrors)) throw error;
    expect(error.errors).toHaveLength(1);
    return error.errors.map(({ message }) => message);
  }
}

/** The parts of a file that a reader steers by; the rest is code and data that nobody looks at. */
function vitalRanges(file: Uint8Array): readonly (readonly [from: number, to: number])[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const sections = Number(view.getBigUint64(40));
  const count = view.getUint16(60);
  const ranges: [number, number][] = [[0, 64 + 56 * view.getUint16(56)], [sections, sections + 64 * count]];
  for (let i = 0; i < count; i += 1) {
    const at = sections + 64 * i;
    const from = Number(view.getBigUint64(at + 24));
    const notLoaded = (view.getUint32(at + 12) & 2) === 0 && view.getUint32(at + 4) !== 8;
    if (notLoaded) ranges.push([from, from + Number(view.getBigUint64(at + 32))]);
  }
  return ranges.filter(([from, to]) => to > from);
}

const SENTENCE = /^[A-Z].*[a-z)0-9 ]\.$/s;
const guests: readonly GuestName[] = ['hello_asm', 'sieve', 'lines_dw2', 'lines_dw5', 'lines_dw5_64', 'lines_gz'];

describe.each(guests)('%s, damaged', (guest) => {
  const whole = readGuest(guest);
  const ranges = vitalRanges(whole);
  const place = fc.nat(ranges.length - 1).chain((i) => {
    const [from, to] = ranges[i] ?? [0, 1];
    return fc.integer({ min: from, max: to - 1 });
  });

  it('is refused wherever it is cut off', () => {
    fc.assert(fc.property(fc.nat(whole.length - 1), (length) => {
      if (length < 52) return;
      expect(judge(whole.subarray(0, length))).toEqual([expect.stringMatching(/^The file is damaged.*; copy or build it again\.$/)]);
    }), { numRuns: 200 });
  });

  it('gives a program or sentences whatever bytes are flipped', () => {
    const damage = fc.array(fc.record({ place, value: fc.constantFrom(0, 1, 0x7f, 0x80, 0xff).chain((v) => fc.oneof(fc.constant(v), fc.nat(255))) }), { minLength: 1, maxLength: 12 });
    const file = whole.slice();
    fc.assert(fc.property(damage, (flips) => {
      for (const flip of flips) file[flip.place] = flip.value;
      const said = judge(file);
      for (const flip of flips) file[flip.place] = whole[flip.place] ?? 0;
      for (const sentence of said) expect(sentence).toMatch(SENTENCE);
    }), { numRuns: 250 });
    expect(judge(file)).toEqual(judge(whole));
  });
});

describe('files made to waste time and memory', () => {
  const debug = (line: Uint8Array, more: Readonly<Record<string, Uint8Array>> = {}): Uint8Array =>
    buildElf(smallPpcPlan(undefined, {
      sections: Object.entries({ '.debug_line': line, ...more }).map(([name, content]) => ({ name, bytes: content })),
    }));
  const DAMAGED_LINES = [expect.stringMatching(/^The line numbers at 0x0 of \.debug_line.* are damaged; source lines of a part of the program are missing\.$/)];

  it('a file table of four thousand million entries without columns', () => {
    const tables = bytes([0, 1], [0, 1], [0, 1], [0xff, 1], [0xff, 1], [0xff, 1], [0xff, 1], [0x0f, 1]);
    const rest = new Writer().raw(bytes([4, 1], [1, 1], [1, 1], [0xfb, 1], [14, 1], [1, 1])).raw(tables).done();
    const unit = new Writer().unsigned(5, 2).unsigned(8, 1).unsigned(0, 1).unsigned(rest.length, 4).raw(rest).done();
    expect(judge(debug(new Writer().unsigned(unit.length, 4).raw(unit).done()))).toEqual(DAMAGED_LINES);
  });

  it('a line section of zeros, of ones, and of endless numbers', () => {
    for (const byte of [0, 0xff, 0x80]) expect(judge(debug(new Uint8Array(300_000).fill(byte)))).toEqual(DAMAGED_LINES);
  });

  it('units that all search the same long list of declarations', () => {
    const unit = (code: number): Uint8Array => bytes([9, 4], [4, 2], [0, 4], [8, 1], [0x80 + (code & 127), 1], [code >> 7, 1]);
    const info = new Writer();
    for (let i = 0; i < 16_000; i += 1) info.raw(unit(i));
    const abbrev = new Uint8Array(200_000).map((_, i) => (i % 5 === 0 ? 0x7f : i % 5 === 1 ? 0x11 : 0));
    expect(judge(debug(new Uint8Array(0), { '.debug_info': info.done(), '.debug_abbrev': abbrev }))).toEqual([]);
  });

  it('data full of SPU images that lead nowhere', () => {
    const header = new Writer().raw([0x7f, 0x45, 0x4c, 0x46, 1, 2, 1]).pad(16).unsigned(2, 2).unsigned(23, 2).unsigned(1, 4).pad(28);
    const data = new Writer();
    for (let i = 0; i < 2000; i += 1) data.raw(header.done()).pad((i + 1) * 64);
    const said = judge(buildElf(smallPpcPlan(undefined, { data: data.done() })));
    expect(said).toHaveLength(256);
  });

  it('symbols whose names overlap', () => {
    const symbols = Array.from({ length: 3000 }, (_, i) => ({ name: i === 0 ? 'x'.repeat(3900) : 'y', value: 0x1000_0400 }));
    const file = buildElf(smallPpcPlan(undefined, { symbols }));
    const view = new DataView(file.buffer);
    const sectionHeaders = Number(view.getBigUint64(40));
    const first = Number(view.getBigUint64(sectionHeaders + 64 + 24)); // .symtab is section 1
    for (let i = 1; i <= 3000; i += 1) view.setUint32(first + 24 * i, 1 + i);
    expect(judge(file)).toEqual([expect.stringMatching(/^The symbol table is damaged: \d+ of its names cannot be read; those symbols are missing\.$/)]);
  });
});
