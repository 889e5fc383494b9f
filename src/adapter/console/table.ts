/** Tables of the debug console: columns as wide as their widest cell. */
export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string => columns
    .map(({ right }, i) => (right === true ? (cells[i] ?? '').padStart(widths[i] ?? 0) : (cells[i] ?? '').padEnd(widths[i] ?? 0)))
    .join('  ').trimEnd();
  return [line(columns.map(({ title }) => title)), ...rows.map(line)].join('\n');
}
