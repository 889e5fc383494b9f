import type { LineTable } from './program.ts';

interface Row {
  readonly address: number;
  /** Index into the files, -1 for no source. */
  readonly file: number;
  readonly line: number;
  readonly column: number;
  readonly statement: boolean;
}

/** Rows of one stretch of code, ascending; no row holds at or after `end`. */
interface Sequence {
  readonly rows: readonly Row[];
  readonly end: number;
}

const NO_SOURCE = -1;

/**
 * Collects rows in any order of sequences and makes one table, sorted by address.
 * Where two sequences claim the same addresses the one that starts first keeps them.
 */
export class LineTableBuilder {
  private readonly files: string[] = [];
  private readonly indexOfFile = new Map<string, number>();
  private readonly sequences: Sequence[] = [];
  private rows: Row[] = [];

  /** The index of a file, the same for the same path. */
  file(path: string): number {
    let index = this.indexOfFile.get(path);
    if (index === undefined) {
      index = this.files.push(path) - 1;
      this.indexOfFile.set(path, index);
    }
    return index;
  }

  /** Adds a row to the open sequence. A `line` below 1 means that the code has no source. */
  row(address: number, file: number, line: number, column: number, statement: boolean): void {
    this.rows.push(line < 1 ? noSource(address) : { address, file, line, column, statement });
  }

  /** Closes the open sequence; `address` is the first one behind it. */
  endSequence(address: number): void {
    const rows = this.rows.filter((row) => row.address < address);
    if (!ascending(rows)) rows.sort((a, b) => a.address - b.address);
    if (rows.length > 0) this.sequences.push({ rows, end: address });
    this.rows = [];
  }

  /** Forgets the rows since the last `endSequence`. */
  dropSequence(): void {
    this.rows = [];
  }

  build(): LineTable {
    const merged: Row[] = [];
    let end = -Infinity;
    for (const sequence of [...this.sequences].sort((a, b) => start(a) - start(b))) {
      if (sequence.end <= end) continue;
      if (start(sequence) > end && end >= 0) merged.push(noSource(end));
      for (const row of rowsFrom(sequence.rows, end)) merged.push(row);
      end = sequence.end;
    }
    if (end >= 0) merged.push(noSource(end));
    return {
      files: [...this.files],
      addresses: merged.map((row) => row.address),
      fileIndex: merged.map((row) => row.file),
      lines: merged.map((row) => row.line),
      columns: merged.map((row) => row.column),
      statement: merged.map((row) => (row.statement ? 1 : 0)),
    };
  }
}

const noSource = (address: number): Row => ({ address, file: NO_SOURCE, line: 0, column: 0, statement: false });

const start = (sequence: Sequence): number => sequence.rows[0]?.address ?? sequence.end;

function ascending(rows: readonly Row[]): boolean {
  return rows.every((row, i) => i === 0 || row.address >= (rows[i - 1]?.address ?? 0));
}

/** The rows from `from` on; the one that holds across it begins there. */
function rowsFrom(rows: readonly Row[], from: number): readonly Row[] {
  const first = rows.findIndex((row) => row.address >= from);
  if (first === 0) return rows;
  const kept = first < 0 ? [] : rows.slice(first);
  const holding = rows[(first < 0 ? rows.length : first) - 1];
  return holding && kept[0]?.address !== from ? [{ ...holding, address: from }, ...kept] : kept;
}
