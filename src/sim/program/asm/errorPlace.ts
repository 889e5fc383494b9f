import type { ProgramError } from '../program.ts';
import type { StatementError } from './error.ts';
import type { Statement } from './statement.ts';

/** An error of a statement, with file, line and column. Columns inside macros are those of the call. */
export function errorAt({ place, inside }: Statement, { message, offset }: StatementError): ProgramError {
  const column = place.column + (inside === '' ? (offset ?? 0) : 0);
  return { file: place.file, line: place.line, column, message: message + inside };
}
