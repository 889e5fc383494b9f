import { describe, expect, it } from 'vitest';
import { readElf } from '../../../src/sim/program/elf/readElf.ts';
import { LineIndex } from '../../../src/sim/program/lineIndex.ts';
import { LineTableBuilder } from '../../../src/sim/program/lineTable.ts';
import { filesNamed } from '../../../src/sim/program/sourcePath.ts';
import { SymbolIndex } from '../../../src/sim/program/symbols.ts';
import { readGuest } from '../../support/guests.ts';

/** Adds a sequence of statement rows, 4 bytes each, of lines of one file. */
function addSequence(builder: LineTableBuilder, address: number, lines: readonly number[], file = 'a.s'): void {
  lines.forEach((line, i) => builder.row(address + 4 * i, builder.file(file), line, 1, true));
  builder.endSequence(address + 4 * lines.length);
}

describe('LineTableBuilder', () => {
  it('sorts sequences and ends each where no other begins', () => {
    const builder = new LineTableBuilder();
    addSequence(builder, 0x200, [7], 'b.s');
    addSequence(builder, 0x104, [5]);
    addSequence(builder, 0x100, [9]);
    expect(builder.build()).toEqual({
      files: ['b.s', 'a.s'], addresses: [0x100, 0x104, 0x108, 0x200, 0x204], fileIndex: [1, 1, -1, 0, -1],
      lines: [9, 5, 0, 7, 0], columns: [1, 1, 0, 1, 0], statement: [1, 1, 0, 1, 0],
    });
  });

  it('gives addresses that two sequences claim to the one that starts first', () => {
    const builder = new LineTableBuilder();
    addSequence(builder, 0x100, [1, 2]);
    addSequence(builder, 0x104, [8, 9]);
    addSequence(builder, 0x104, [8]);
    const { addresses, lines } = builder.build();
    expect({ addresses, lines }).toEqual({ addresses: [0x100, 0x104, 0x108, 0x10c], lines: [1, 2, 9, 0] });
  });

  it('leaves out dropped sequences, and makes an empty table of nothing', () => {
    const builder = new LineTableBuilder();
    builder.row(0, builder.file('a.s'), 1, 0, true);
    builder.dropSequence();
    builder.endSequence(8);
    expect(builder.build().addresses).toEqual([]);
  });
});

describe('LineIndex on a compiled program', () => {
  const { program } = readElf('lines', readGuest('lines_dw5'));
  const index = new LineIndex(program.lines);
  const symbols = new SymbolIndex(program.symbols, program.segments);
  const functionOf = (address: number): number | undefined => symbols.functionAt(address)?.address;
  const C = '/build/lines/lines.c';
  const H = '/build/lines/sub/scale.h';

  it.each([
    // Rows as objdump decodes them; the last statement of an address speaks for it.
    [0x1000_00e8, { file: '/build/lines/start.s', line: 9, column: 0 }],
    [0x1000_00eb, { file: '/build/lines/start.s', line: 9, column: 0 }],
    [0x1000_00fc, { file: C, line: 8 }],
    [0x1000_0104, { file: C, line: 8 }],
    [0x1000_012c, { file: H, line: 3 }],
    [0x1000_0144, { file: C, line: 7 }],
    [0x1000_0188, { file: C, line: 17 }],
  ])('finds the place of an instruction', (address, place) => {
    expect(index.placeOf(address)).toMatchObject(place);
  });

  it('knows no place outside', () => {
    expect([0, 0x1000_00e4, 0x1000_018c, 2 ** 43].map((address) => index.placeOf(address))).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('tells where statements begin', () => {
    expect([0x1000_00e8, 0x1000_00ea, 0x1000_0108, 0x1000_011c, 0x1000_018c].map((address) => index.startsStatement(address))).toEqual([true, false, false, true, false]);
  });

  it('finds the addresses of a line', () => {
    expect(index.addressesOf(C, 16)).toEqual({ file: C, line: 16, addresses: [0x1000_0164] });
  });

  it('stops once in a loop when it knows the functions', () => {
    expect(index.addressesOf(C, 8)?.addresses).toEqual([0x1000_00fc, 0x1000_011c]);
    expect(index.addressesOf(C, 8, functionOf)?.addresses).toEqual([0x1000_00fc]);
  });

  it('moves a line without code to the next one that has some, and nowhere behind the last', () => {
    expect(index.addressesOf(C, 13)).toEqual({ file: C, line: 15, addresses: [0x1000_0158] });
    expect(index.addressesOf(C, 18)).toBeUndefined();
  });

  it('stops before a call that was inlined', () => {
    expect(index.addressesOf(C, 9)).toEqual({ file: C, line: 9, addresses: [0x1000_012c] });
  });

  it('lists the lines with code of a file', () => {
    // Of scale.h, line 5 is only ever a part of another statement.
    expect(index.linesWithCode(H)).toEqual([1, 3, 4]);
    expect(index.linesWithCode(C)).toEqual([6, 7, 8, 9, 11, 15, 16, 17]);
  });

  it('knows no lines of a file that is not in the program', () => {
    expect(index.addressesOf('/build/lines/other.c', 1)).toBeUndefined();
    expect(index.linesWithCode('other.c')).toEqual([]);
  });
});

describe('LineIndex on assembled macros', () => {
  it('finds every expansion', () => {
    const builder = new LineTableBuilder();
    addSequence(builder, 0x100, [3, 4, 10, 3, 4, 11]);
    const index = new LineIndex(builder.build());
    expect(index.addressesOf('a.s', 3)).toEqual({ file: 'a.s', line: 3, addresses: [0x100, 0x10c] });
  });
});

describe('filesNamed', () => {
  const files = ['/build/one/util.c', '/build/two/util.c', '/build/two/./main.c', 'boot.s', 'C:\\work\\guest\\io.c'];
  it.each([
    ['the exact path', '/build/two/util.c', [1]],
    ['a path that is the same when normalised', '/build/one/../two//main.c', [2]],
    ['the longest common tail', '/home/me/one/util.c', [0]],
    ['a lone file name', 'main.c', [2]],
    ['an absolute path for a relative one', '/home/me/boot.s', [3]],
    ['the other slashes', 'c:/work/guest/io.c', [4]],
    ['two files that fit equally well: none', '/home/me/util.c', []],
    ['another name: none', '/build/one/util.h', []],
    ['a part of a name: none', 'til.c', []],
    ['nothing: none', '', []],
  ])('%s', (_, path, expected) => {
    expect(filesNamed(files, path)).toEqual(expected);
  });

  it('takes all spellings of one file', () => {
    expect(filesNamed(['/a/b/x.c', '/a/b/./x.c'], '/home/x.c')).toEqual([0, 1]);
  });
});
