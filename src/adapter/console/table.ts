/** Tables of the debug console: columns as wide as their widest cell. */
export interface Column {
  readonly title: string;
  readonly right?: boolean;
  /** The colour of a cell, where clients show colours. */
  readonly colour?: (cell: string) => Colour | undefined;
}

export type Colour = 'red' | 'green' | 'yellow' | 'cyan';
/** A table for a client: with colours or without. */
export type Table = (columns: readonly Column[], rows: readonly (readonly string[])[]) => string;

/** Select Graphic Rendition (ECMA-48, 8.3.117). */
const COLOURS: Readonly<Record<Colour, number>> = { red: 31, green: 32, yellow: 33, cyan: 36 };
const BOLD = 1;

export function tableFor({ hasColours }: { readonly hasColours: boolean }): Table {
  return (columns, rows) => {
    const widths = columns.map(({ title }, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
    const line = (cells: readonly string[], styleOf: (cell: string, column: Column) => number | undefined): string => {
      const last = cells.findLastIndex((cell) => cell !== '');
      return cells.slice(0, last + 1).map((cell, i) => {
        const column = columns[i];
        const padding = ' '.repeat((widths[i] ?? 0) - cell.length);
        const style = hasColours && column ? styleOf(cell, column) : undefined;
        const shown = style === undefined || cell === '' ? cell : `\u001b[${String(style)}m${cell}\u001b[0m`;
        return column?.right === true ? padding + shown : shown + (i === last ? '' : padding);
      }).join('  ');
    };
    const heading = line(columns.map(({ title }) => title), () => BOLD);
    return [heading, ...rows.map((row) => line(row, (cell, { colour }) => {
      const wanted = colour?.(cell);
      return wanted && COLOURS[wanted];
    }))].join('\n');
  };
}
