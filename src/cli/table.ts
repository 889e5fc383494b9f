/** Text tables with aligned columns. */

export interface Column<R> {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly text: (row: R) => string;
}

/** Lines of a table, its titles first; columns that are empty in every row are left out. */
export function table<R>(columns: readonly Column<R>[], rows: readonly R[]): string[] {
  const cells = rows.map((row) => columns.map(({ text }) => text(row)));
  const shown = columns.map((_, i) => cells.some((row) => row[i] !== ''));
  const widths = columns.map(({ title }, i) => Math.max(title.length, ...cells.map((row) => row[i]?.length ?? 0)));
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, i) => (columns[i]?.align === 'right' ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0)))
      .filter((_, i) => shown[i])
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...cells.map(line)];
}
