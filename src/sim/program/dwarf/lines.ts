import { OutOfBytes, hex } from '../bigEndian.ts';
import { LineTableBuilder } from '../lineTable.ts';
import type { LineTable, Segment } from '../program.ts';
import { compileDirectories } from './compileUnits.ts';
import { Cursor } from './cursor.ts';
import { type LineHeader, pathOf, readLineHeader } from './lineHeader.ts';
import { type RowSink, runLineProgram } from './lineProgram.ts';
import { type DebugSections, NO_BYTES } from './sections.ts';
import { Units } from './units.ts';

export interface ReadLines {
  readonly table: LineTable;
  /** Sentences about line numbers that could not be read. */
  readonly warnings: readonly string[];
}

/** Rows that fit in memory with room to spare; a file with more is not a program for this machine. */
const MOST_ROWS = 4_000_000;
const INSTRUCTION = 4;

/**
 * Reads `.debug_line`, DWARF 2 to 5. Only lines of code in `segments` stay: linkers leave those of dropped
 * functions behind at address 0. A damaged unit keeps the lines before the damage and costs a warning.
 */
export function readLines(sections: DebugSections, segments: readonly Segment[]): ReadLines {
  const builder = new LineTableBuilder();
  const damaged: number[] = [];
  const line = sections.line ?? NO_BYTES;
  const units = new Units(sections);
  const directories = compileDirectories(units);
  const code = new CodeRows(builder, segments);
  const cursor = new Cursor(line, 0, line.length);
  while (!cursor.atEnd) {
    const start = cursor.offset;
    try {
      const { length, offsetSize } = cursor.unitLength();
      const unit = cursor.within(cursor.offset + length);
      cursor.offset += length;
      const header = readLineHeader(unit, offsetSize, 8, units.strings, directories.get(start) ?? '');
      unit.offset = header.programOffset;
      code.use(header);
      runLineProgram(unit, header, code);
      if (cursor.offset > cursor.end) throw new OutOfBytes('the unit is cut short');
    } catch (error) {
      if (!(error instanceof OutOfBytes)) throw error;
      damaged.push(start);
    }
    code.close();
    if (cursor.offset === start) break;
  }
  return { table: builder.build(), warnings: describeDamage(damaged) };
}

/** One sentence however many units are damaged. */
function describeDamage([first, ...others]: readonly number[]): string[] {
  if (first === undefined) return [];
  const where = `The line numbers at ${hex(first)} of .debug_line${others.length > 0 ? ` and at ${String(others.length)} more places` : ''}`;
  return [`${where} are damaged; source lines of a part of the program are missing.`];
}

/** Passes on the sequences that describe loaded code, with their files by path. */
class CodeRows implements RowSink {
  private header: LineHeader | undefined;
  private readonly fileIndex = new Map<number, number>();
  private first = -1;
  private last = -1;
  private count = 0;

  constructor(
    private readonly builder: LineTableBuilder,
    private readonly segments: readonly Segment[],
  ) {}

  /** The header whose file numbers the next rows use. */
  use(header: LineHeader): void {
    this.header = header;
    this.fileIndex.clear();
  }

  row(address: number, file: number, line: number, column: number, statement: boolean): void {
    this.count += 1;
    if (this.count > MOST_ROWS) throw new OutOfBytes('too many rows');
    if (this.first < 0) this.first = address;
    this.last = address;
    const index = this.indexOf(file);
    this.builder.row(address, index, index < 0 ? 0 : line, column, statement);
  }

  endSequence(address: number): void {
    const { first } = this;
    const segment = this.segments.find((s) => s.executable && first >= s.address && first < s.address + s.memorySize);
    if (segment) this.builder.endSequence(Math.min(address, segment.address + segment.memorySize));
    else this.builder.dropSequence();
    this.first = -1;
  }

  /** Ends a sequence that a damaged program left open, behind the last instruction that it named. */
  close(): void {
    if (this.first >= 0) this.endSequence(this.last + INSTRUCTION);
  }

  private indexOf(file: number): number {
    let index = this.fileIndex.get(file);
    if (index === undefined) {
      const path = this.header && pathOf(this.header, file);
      index = path === undefined ? -1 : this.builder.file(path);
      this.fileIndex.set(file, index);
    }
    return index;
  }
}
