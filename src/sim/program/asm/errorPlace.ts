import type { ProgramError } from '../program.ts';
import type { StatementError } from './error.ts';
import type { Statement } from './statement.ts';

/** An error of a statement, with file, line and column. Columns inside macros are those of the call. */
export function errorAt({ place, inside }: Statement, { message, offset, mistake }: StatementError): ProgramError {
  const column = place.column + (inside === '' ? (offset ?? 0) : 0);
  return { file: place.file, line: place.line, column, message: message + shortened(inside), ...mistake && { mistake } };
}

/** A macro that calls itself is in itself a hundred times: the outermost and the innermost say enough. */
const MOST_NAMED = 3;

function shortened(inside: string): string {
  const levels = inside.split(/(?<="\))(?= \(line )/);
  if (levels.length <= MOST_NAMED) return inside;
  return `${levels[0] ?? ''} (${String(levels.length - 2)} macros between)${levels.at(-1) ?? ''}`;
}
