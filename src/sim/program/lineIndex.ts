import { lastAtMost } from './search.ts';
import type { LineTable, SourcePlace } from './program.ts';
import { filesNamed } from './sourcePath.ts';

/** Where the code of a source line begins. */
export interface LineAddresses {
  /** The path as the line table has it. */
  readonly file: string;
  /** The line asked for, or the next one below it in the source that has code. */
  readonly line: number;
  /** Ascending, at least one. */
  readonly addresses: readonly number[];
}

/** Code that comes from one source line: the bytes from `start` up to `end`. */
interface LineRange {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** The function that an address belongs to, by any number that tells functions apart. */
export type FunctionOf = (address: number) => number | undefined;

/** Statement beginnings of one file: `lines` ascending, `addresses[i]` those of `lines[i]`. */
interface FileLines {
  readonly lines: readonly number[];
  readonly addresses: readonly (readonly number[])[];
}

/**
 * Answers questions about one line table. Rows at the same address count as one: the last one
 * that begins a statement speaks for all, or the last one where none does, as GDB has it.
 */
export class LineIndex {
  /** For each distinct address its row. */
  private readonly starts: number[] = [];
  private readonly rows: number[] = [];
  private byFile: ReadonlyMap<number, FileLines> | undefined;

  constructor(readonly table: LineTable) {
    table.addresses.forEach((address, row) => {
      const last = this.starts.length - 1;
      if (this.starts[last] !== address) {
        this.starts.push(address);
        this.rows.push(row);
      } else if (table.statement[row] === 1 || table.statement[this.rows[last] ?? row] !== 1) {
        this.rows[last] = row;
      }
    });
  }

  /** The source of the instruction at `address`. */
  placeOf(address: number): SourcePlace | undefined {
    const row = this.rows[lastAtMost(this.starts, address)] ?? -1;
    const file = this.table.files[this.table.fileIndex[row] ?? -1];
    const line = this.table.lines[row];
    return file === undefined || line === undefined ? undefined : { file, line, column: this.table.columns[row] ?? 0 };
  }

  /** All code that has a source line, in order of its addresses. `endOf`: the end of the executable segment that an address is in; undefined in none. */
  *ranges(endOf: (address: number) => number | undefined): Generator<LineRange> {
    for (const [i, start] of this.starts.entries()) {
      const place = this.placeOf(start);
      const end = endOf(start);
      if (!place || place.line === 0 || end === undefined) continue;
      yield { file: place.file, line: place.line, start, end: Math.min(end, this.starts[i + 1] ?? end) };
    }
  }

  /** Whether a statement begins exactly at `address`. */
  startsStatement(address: number): boolean {
    const found = lastAtMost(this.starts, address);
    return this.starts[found] === address && this.table.statement[this.rows[found] ?? -1] === 1;
  }

  /** The first statement that begins behind `address` and before `end`. */
  nextStatement(address: number, end: number): number | undefined {
    for (let row = lastAtMost(this.starts, address) + 1; row < this.starts.length; row += 1) {
      const start = this.starts[row] ?? end;
      if (start >= end) return undefined;
      if (this.table.statement[this.rows[row] ?? -1] === 1) return start;
    }
    return undefined;
  }

  /**
   * Where to stop for a line of a file (`path` is matched by `filesNamed`): every place where a run of
   * its instructions begins with a statement. With `functionOf`, only the first in each function, which
   * keeps a breakpoint on a `for` line out of the loop. Nothing where no code follows in that file.
   */
  addressesOf(path: string, line: number, functionOf?: FunctionOf): LineAddresses | undefined {
    let best: LineAddresses | undefined;
    for (const file of filesNamed(this.table.files, path)) {
      const found = this.firstFrom(file, line);
      if (!found || (best && best.line < found.line)) continue;
      best = best?.line === found.line ? { ...best, addresses: [...best.addresses, ...found.addresses] } : found;
    }
    if (!best) return undefined;
    const addresses = [...new Set(best.addresses)].sort((a, b) => a - b);
    return { ...best, addresses: functionOf ? firstOfEachFunction(addresses, functionOf) : addresses };
  }

  /** The lines of a file, ascending, on which a breakpoint stays where it is put. */
  linesWithCode(path: string): readonly number[] {
    const all = filesNamed(this.table.files, path).flatMap((file) => this.linesOf(file)?.lines ?? []);
    return [...new Set(all)].sort((a, b) => a - b);
  }

  private firstFrom(file: number, line: number): LineAddresses | undefined {
    const known = this.linesOf(file);
    if (!known) return undefined;
    const index = lastAtMost(known.lines, line - 1) + 1;
    const chosen = known.lines[index];
    return chosen === undefined
      ? undefined
      : { file: this.table.files[file] ?? '', line: chosen, addresses: known.addresses[index] ?? [] };
  }

  private linesOf(file: number): FileLines | undefined {
    this.byFile ??= statementsByFile(this.table, this.starts, this.rows);
    return this.byFile.get(file);
  }
}

/** File -> line -> addresses. */
type Places = Map<number, Map<number, number[]>>;

/**
 * A line whose every row shares its address with a later one (a declaration, a call that was inlined) has no
 * instruction of its own; a breakpoint on it still belongs there, before the next line's first instruction.
 */
function statementsByFile(table: LineTable, starts: readonly number[], rows: readonly number[]): Map<number, FileLines> {
  const places = ownStatements(table, starts, rows);
  const shared: Places = new Map();
  table.addresses.forEach((address, row) => {
    const [file, line] = [table.fileIndex[row] ?? -1, table.lines[row] ?? 0];
    if (file >= 0 && table.statement[row] === 1 && !places.get(file)?.has(line)) add(shared, file, line, address);
  });
  for (const [file, lines] of shared) {
    for (const [line, addresses] of lines) {
      for (const address of new Set(addresses)) add(places, file, line, address);
    }
  }
  return new Map([...places].map(([file, lines]) => [file, inOrder(lines)]));
}

function ownStatements(table: LineTable, starts: readonly number[], rows: readonly number[]): Places {
  const places: Places = new Map();
  let run = { file: -1, line: 0, begun: false };
  starts.forEach((address, i) => {
    const row = rows[i] ?? -1;
    const [file, line] = [table.fileIndex[row] ?? -1, table.lines[row] ?? 0];
    if (file !== run.file || line !== run.line) run = { file, line, begun: false };
    if (file < 0 || run.begun || table.statement[row] !== 1) return;
    run.begun = true;
    add(places, file, line, address);
  });
  return places;
}

function add(places: Places, file: number, line: number, address: number): void {
  const lines = places.get(file) ?? new Map<number, number[]>();
  places.set(file, lines);
  const addresses = lines.get(line);
  if (addresses) addresses.push(address);
  else lines.set(line, [address]);
}

function inOrder(lines: ReadonlyMap<number, readonly number[]>): FileLines {
  const sorted = [...lines].sort(([a], [b]) => a - b);
  return { lines: sorted.map(([line]) => line), addresses: sorted.map(([, addresses]) => addresses) };
}

function firstOfEachFunction(addresses: readonly number[], functionOf: FunctionOf): number[] {
  const seen = new Set<number>();
  return addresses.filter((address) => {
    const owner = functionOf(address);
    if (owner === undefined) return true;
    if (seen.has(owner)) return false;
    seen.add(owner);
    return true;
  });
}
