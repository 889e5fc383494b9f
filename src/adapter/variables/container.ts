/** What can be unfolded in the variables view. Rows are made when they are asked for, never before. */
import type { SourcePlace } from '../../sim/program/program.ts';
import type { MemoryPlace } from '../memory/reference.ts';
import type { NumberFormat } from './format.ts';

export interface Row {
  readonly name: string;
  readonly value: string;
  readonly type?: string;
  /** An expression that has this value. */
  readonly evaluateName?: string;
  readonly memory?: MemoryPlace;
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
