/** What can be unfolded in the variables view. Rows are made when they are asked for, never before. */
import type { SourcePlace } from '../../sim/program/program.ts';
import type { Watchable } from '../c/watchable.ts';
import type { MemoryPlace, MemorySpace } from '../memory/reference.ts';
import type { NumberFormat } from './format.ts';
import type { Notation } from './notation.ts';

export interface Row {
  readonly name: string;
  readonly value: string;
  readonly type?: string;
  /** An expression that has this value. */
  readonly evaluateName?: string;
  readonly memory?: MemoryPlace;
  /** What a data breakpoint on it watches, where that is not `memory`. */
  readonly watchable?: { readonly space: MemorySpace; readonly own: Watchable };
  /** The source of the code that the value is an address of. */
  readonly code?: SourcePlace;
  readonly children?: Container;
  readonly readOnly?: boolean;
}

export interface Container {
  /** Rows that are numbered, which clients ask for in pages; 0 for named rows. */
  readonly indexedCount: number;
  /** Rows from `start` on, at most `count`. */
  rows(start: number, count: number, format: NumberFormat): readonly Row[];
  /** Sets a row from what the user wrote. Throws `ExpressionError`; absent where nothing can be set. */
  readonly set?: (name: string, text: string, format: NumberFormat) => Row | undefined;
}

/** What is inside a value is written as the value is. */
export function withNotation(container: Container, notation: Notation): Container {
  const { indexedCount, set } = container;
  const written = (row: Row): Row => (row.children ? { ...row, children: withNotation(row.children, notation) } : row);
  return {
    indexedCount,
    rows: (start, count, format) => container.rows(start, count, { ...format, notation }).map(written),
    ...(set ? {
      set: (name, text, format) => {
        const row = set(name, text, { ...format, notation });
        return row && written(row);
      },
    } : {}),
  };
}

/** Named rows, made all at once: for small things. */
export function namedRows(make: (format: NumberFormat) => readonly Row[], set?: Container['set']): Container {
  return {
    indexedCount: 0,
    rows: (start, count, format) => make(format).slice(start, start + count),
    ...(set ? { set } : {}),
  };
}

/** Numbered rows, made one at a time. */
export function numberedRows(length: number, make: (index: number, format: NumberFormat) => Row): Container {
  return {
    indexedCount: length,
    rows: (start, count, format) => {
      const last = Math.min(start + count, length);
      return Array.from({ length: Math.max(last - start, 0) }, (_, i) => make(start + i, format));
    },
  };
}
