import type { LineTable } from '../program.ts';
import type { Location, Section } from './object.ts';

/** The address of a place; after the layout. */
export function addressOf({ section, fragment, offset }: Location): number {
  return (section.address ?? 0) + (fragment.start ?? 0) + offset;
}

/**
 * One row for each statement that made bytes in a section of code. Instructions begin statements;
 * data among them are known by line, but nobody should stop there.
 */
export function lineTable(sections: readonly Section[]): LineTable {
  const files: string[] = [];
  const indexes = new Map<string, number>();
  const table = { files, addresses: [] as number[], fileIndex: [] as number[], lines: [] as number[], columns: [] as number[], statement: [] as number[] };
  const add = (address: number, file: number, line: number, column: number, statement: boolean): void => {
    table.addresses.push(address);
    table.fileIndex.push(file);
    table.lines.push(line);
    table.columns.push(column);
    table.statement.push(statement ? 1 : 0);
  };
  const code = sections.filter(({ flags, emissions }) => flags.executable && flags.allocated && emissions.length > 0);
  code.sort((a, b) => (a.address ?? 0) - (b.address ?? 0));
  let end: number | undefined;
  for (const { emissions } of code) {
    for (const { start, end: stop, statement, instruction } of emissions) {
      const address = addressOf(start);
      if (addressOf(stop) === address) continue;
      if (end !== undefined && address !== end) add(end, -1, 0, 0, false);
      const { file, line, column } = statement.place;
      let index = indexes.get(file);
      if (index === undefined) {
        index = files.push(file) - 1;
        indexes.set(file, index);
      }
      add(address, index, line, column, instruction);
      end = addressOf(stop);
    }
  }
  if (end !== undefined) add(end, -1, 0, 0, false);
  return table;
}
