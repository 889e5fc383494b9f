/** Text tables with aligned columns. */

export interface Column<R> {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly text: (row: R) => string;
}

/**
 * Lines of a table, its titles first; columns that are empty in every row are left out. `rows` is gone through
 * twice, for the widths and for the lines, so that no table has to be held as a whole.
 */
export function* table<R>(columns: readonly Column<R>[], rows: Iterable<R>): Generator<string> {
  const widths = columns.map(() => 0);
  for (const row of rows) {
    columns.forEach(({ text }, i) => { widths[i] = Math.max(widths[i] ?? 0, text(row).length); });
  }
  const shown = columns.flatMap((column, i) => {
    const width = widths[i] ?? 0;
    return width === 0 ? [] : [{ ...column, width: Math.max(width, column.title.length) }];
  });
  const line = (textOf: (column: Column<R>) => string): string =>
    shown.map((column) => (column.align === 'right' ? textOf(column).padStart(column.width) : textOf(column).padEnd(column.width))).join('  ').trimEnd();
  yield line(({ title }) => title);
  for (const row of rows) yield line(({ text }) => text(row));
}
