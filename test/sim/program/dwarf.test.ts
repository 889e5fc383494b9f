import { describe, expect, it } from 'vitest';
import { readLines } from '../../../src/sim/program/dwarf/lines.ts';
import { readElf } from '../../../src/sim/program/elf/readElf.ts';
import type { LineTable, Segment } from '../../../src/sim/program/program.ts';
import { Writer, buildElf, smallPpcPlan } from '../../support/elfBuilder.ts';
import { END, STANDARD, lineUnit, setAddress, special } from '../../support/lineUnit.ts';
import { GUESTS, LINE_GUESTS, readGuest } from '../../support/guests.ts';
import { askTool, hasTool } from '../../support/oracle.ts';

const OBJDUMP = 'powerpc64-linux-gnu-objdump';
const READELF = 'powerpc64-linux-gnu-readelf';
const CODE = 0x1000_0400;

/** `file:line@address`, with `+` where a statement begins; `end@address` where a sequence ends. */
function describeTable({ files, addresses, fileIndex, lines, statement }: LineTable): string[] {
  return addresses.map((address, i) => {
    const name = files[fileIndex[i] ?? -1]?.split('/').at(-1);
    return name === undefined ? `end@${address.toString(16)}` : `${name}:${String(lines[i])}@${address.toString(16)}${statement[i] === 1 ? '+' : ''}`;
  });
}

/** The same of what objdump decodes. A sequence that begins where another ended hides that end. */
function describeDump(dump: string): string[] {
  const rows = [...dump.matchAll(/^(\S+) +(\d+|-) +0x(\w+)(?: +\d+)?( +x)?\s*$/gm)];
  const starts = new Set(rows.filter(([, , line], i) => line !== '-' && (i === 0 || rows[i - 1]?.[2] === '-')).map(([, , , address]) => address));
  return rows
    .filter(([, , line, address]) => line !== '-' || !starts.has(address))
    .map(([, name = '', line = '', address = '', mark]) => (line === '-' ? `end@${address}` : `${name}:${line}@${address}${mark === undefined ? '' : '+'}`));
}

/** Columns in the order in which rows are written. */
function columnsOf(rawDump: string): number[] {
  const columns: number[] = [];
  let column = 0;
  for (const [, set, row, end] of rawDump.matchAll(/\] +(?:Set column to (\d+)|(Special opcode|Copy)|Extended opcode 1: (End of Sequence))/g)) {
    if (set !== undefined) column = Number(set);
    if (row !== undefined) columns.push(column);
    if (end !== undefined) column = 0;
  }
  return columns;
}

describe.skipIf(!hasTool(OBJDUMP) || !hasTool(READELF)).each([...GUESTS, ...LINE_GUESTS])('%s, compared with the GNU tools', (guest) => {
  const file = readGuest(guest);
  const { program, warnings } = readElf(guest, file);

  it('has the rows that objdump decodes', () => {
    const expected = describeDump(askTool(OBJDUMP, ['--dwarf=decodedline'], file));
    expect(expected.length).toBeGreaterThan(guest === 'hello_asm' ? -1 : 7);
    expect(describeTable(program.lines)).toEqual(expected);
    expect(warnings).toEqual([]);
  });

  it('has the columns that readelf lists', () => {
    const { columns, fileIndex } = program.lines;
    expect(columns.filter((_, i) => fileIndex[i] !== -1)).toEqual(columnsOf(askTool(READELF, ['--debug-dump=rawline'], file)));
  });
});

describe('paths of source files', () => {
  it.each(LINE_GUESTS)('%s has them whole, also where the line table does not say the directory', (guest) => {
    expect(readElf(guest, readGuest(guest)).program.lines.files).toEqual(['/build/lines/start.s', '/build/lines/lines.c', '/build/lines/sub/scale.h']);
  });
});

const loaded: readonly Segment[] = [{ address: CODE, bytes: new Uint8Array(0x1000), memorySize: 0x1000, readable: true, writable: false, executable: true }];

describe('opcodes', () => {
  const operandCounts = [...STANDARD, 2];
  const base = operandCounts.length + 1;
  const program = new Writer()
    .raw(setAddress(CODE + 0x600)).raw([1]).raw([2, 1]).raw(END) // a sequence behind the other one
    .raw(setAddress(0)).raw([1]).raw([2, 4]).raw(END) // a function that the linker dropped
    .raw(setAddress(CODE))
    .raw([5, 5]).raw([3, 9]).raw([1]) // set_column, advance_line, copy
    .raw([special(2, 1, base)])
    .raw([6]).raw([8]).raw([3, 0x7b]).raw([1]) // negate_stmt, const_add_pc, advance_line -5, copy
    .raw([9, 0, 8]) // fixed_advance_pc
    .raw([4, 2]).raw([7, 10, 11]).raw([12, 3]) // set_file, set_basic_block, set_prologue_end, set_epilogue_begin, set_isa
    .raw([13, 1, 0xac, 2]) // an opcode that no version knows, with two operands
    .raw([0, 2, 4, 4]).raw([0, 4, 0x80, 1, 2, 3]) // set_discriminator, a producer's own
    .raw([6]).raw([1])
    .raw([0, 16, 3]).text('generated.s').raw([0, 0, 0]) // define_file
    .raw([4, 3]).raw([2, 2]).raw([special(0, 0, base)])
    .raw([2, 1]).raw(END);
  const unit = lineUnit({ version: 3, operandCounts, program });
  const expected = [
    'first.s:10@10000400+', 'first.s:12@10000404+',
    // const_add_pc advances as special opcode 255 would: (255 - 14) / 12 = 20 instructions.
    'first.s:7@10000454', 'second.s:7@1000045c+', 'generated.s:7@10000464+', 'end@10000468',
    'first.s:1@10000a00+', 'end@10000a04',
  ];

  it('mean what the standard says', () => {
    const { table, warnings } = readLines({ line: unit }, loaded);
    expect(describeTable(table)).toEqual(expected);
    expect(table.columns).toEqual([5, 5, 5, 5, 5, 0, 0, 0]);
    expect(table.files).toEqual(['first.s', 'include/second.s', 'generated.s']);
    expect(warnings).toEqual([]);
  });

  it.skipIf(!hasTool(OBJDUMP))('mean what objdump makes of them', () => {
    const file = buildElf(smallPpcPlan(new Uint8Array(0x1000), { sections: [{ name: '.debug_line', bytes: unit }] }));
    const dumped = describeDump(askTool(OBJDUMP, ['--dwarf=decodedline'], file)).filter((row) => !/@\w{1,2}\+?$/.test(row));
    expect(new Set(dumped)).toEqual(new Set(expected));
  });

  it('count from 10 where DWARF 2 has fewer standard ones', () => {
    const counts = STANDARD.slice(0, 9);
    const short = lineUnit({ version: 2, operandCounts: counts, program: new Writer().raw(setAddress(CODE)).raw([special(4, 0, 10), special(-3, 0, 10), special(1, 1, 10), 2, 1]).raw(END) });
    expect(describeTable(readLines({ line: short }, loaded).table)).toEqual(['first.s:5@10000400+', 'first.s:2@10000400+', 'first.s:3@10000404+', 'end@10000408']);
  });

  it('advance whole instruction words where a word holds several operations', () => {
    const words = new Writer().raw(setAddress(CODE)).raw([1, special(1, 3, 13), special(1, 1, 13), 2, 2]).raw(END);
    const unit4 = lineUnit({ version: 4, maximumOperations: 2, operandCounts: STANDARD, program: words });
    expect(describeTable(readLines({ line: unit4 }, loaded).table)).toEqual(['first.s:1@10000400+', 'first.s:2@10000404+', 'first.s:3@10000408+', 'end@1000040c']);
  });
});

describe('damaged line numbers', () => {
  const rows = (address: number): Writer => new Writer().raw(setAddress(address)).raw([1, special(1, 1, 13), special(1, 1, 13), 2, 1]).raw(END);
  const unit = lineUnit({ version: 3, operandCounts: STANDARD, program: rows(CODE) });
  const later = lineUnit({ version: 3, operandCounts: STANDARD, program: rows(CODE + 0x100) });
  const both = (first: Uint8Array, second: Uint8Array): Uint8Array => new Writer().raw(first).raw(second).done();
  const read = (line: Uint8Array): { rows: string[]; warnings: readonly string[] } => {
    const { table, warnings } = readLines({ line }, loaded);
    return { rows: describeTable(table), warnings };
  };
  const laterRows = ['first.s:1@10000500+', 'first.s:2@10000504+', 'first.s:3@10000508+', 'end@1000050c'];
  const sentence = (where: string): string => `The line numbers at ${where} of .debug_line are damaged; source lines of a part of the program are missing.`;

  it('keep the rows before a cut', () => {
    const cut = unit.length - END.length - 3;
    expect(read(unit.subarray(0, cut))).toEqual({ rows: ['first.s:1@10000400+', 'first.s:2@10000404+', 'end@10000408'], warnings: [sentence('0x0')] });
  });

  it('do not hide the units behind them', () => {
    expect(read(both(unit.with(5, 9), later))).toEqual({ rows: laterRows, warnings: [sentence('0x0')] });
    expect(read(both(later, unit.subarray(0, 20)))).toEqual({ rows: laterRows, warnings: [sentence(`0x${later.length.toString(16)}`)] });
  });

  it('name no file that the table does not have', () => {
    const program = new Writer().raw(setAddress(CODE)).raw([4, 77, 1, 4, 1, special(1, 1, 13), 2, 1]).raw(END);
    expect(read(lineUnit({ version: 3, operandCounts: STANDARD, program }))).toEqual({ rows: ['end@10000400', 'first.s:2@10000404+', 'end@10000408'], warnings: [] });
  });
});
