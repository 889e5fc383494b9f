/** The listing of an assembled file: line number, address, bytes, source. */
import type { ListingRow } from '../sim/program/asm/listing.ts';

const BYTES_IN_ROW = 8;
/** Longer data are cut: a listing is read, not loaded. */
const MOST_ROWS = 4;

export function fileListing(file: string, text: string, rows: readonly ListingRow[]): string {
  const byLine = new Map<number, ListingRow[]>();
  for (const row of rows) {
    const same = byLine.get(row.place.line);
    if (same) same.push(row);
    else byLine.set(row.place.line, [row]);
  }
  const width = rows.reduce((most, row) => Math.max(most, address(row).length), 8);
  const lines = [`${file}:`];
  text.replace(/\r?\n$/, '').split(/\r\n|\r|\n/).forEach((source, index) => {
    const line = String(index + 1).padStart(5);
    const made = byLine.get(index + 1) ?? [];
    // The line itself stands beside the first bytes that it made, or alone where a macro made them all.
    if (made[0]?.fromMacro !== false) lines.push(`${line}  ${''.padEnd(width)}  ${''.padEnd(2 * BYTES_IN_ROW)}  ${source}`.trimEnd());
    made.forEach((row, n) => {
      const said = row.fromMacro ? `+ ${row.text}` : n === 0 ? source : '';
      const number = said === source && !row.fromMacro ? line : '     ';
      lines.push(...rowLines(row, width, number, said));
    });
  });
  return `${lines.join('\n')}\n`;
}

function rowLines(row: ListingRow, width: number, number: string, source: string): string[] {
  const chunks = chunksOf(row);
  return chunks.map((chunk, i) => {
    const where = i === 0 ? address(row) : '';
    return `${i === 0 ? number : '     '}  ${where.padEnd(width)}  ${chunk.padEnd(2 * BYTES_IN_ROW)}  ${i === 0 ? source : ''}`.trimEnd();
  });
}

function chunksOf({ bytes, size }: ListingRow): string[] {
  if (bytes.length === 0) return [`${String(size)} zeros`];
  const chunks: string[] = [];
  for (let at = 0; at < bytes.length && chunks.length < MOST_ROWS; at += BYTES_IN_ROW) {
    chunks.push(Array.from(bytes.subarray(at, at + BYTES_IN_ROW), (byte) => byte.toString(16).padStart(2, '0')).join(''));
  }
  if (bytes.length > MOST_ROWS * BYTES_IN_ROW) chunks.push(`... ${String(size)} bytes`);
  return chunks;
}

/** Effective addresses have eight digits; local-store addresses have five, after the program's name. */
function address({ program, address: at }: ListingRow): string {
  return program === '' ? at.toString(16).padStart(8, '0') : `${program}:${at.toString(16).padStart(5, '0')}`;
}
