/** The files that statements name. */
import { Cursor } from '../sim/program/asm/cursor.ts';
import { headWord } from '../sim/program/asm/input.ts';
import { readQuoted } from '../sim/program/asm/literals.ts';
import type { Statement } from '../sim/program/asm/statement.ts';
import type { SourceAnalysis, TextPlace, TextSpan } from './sourceAnalysis.ts';

/** The file that an `.include` names. */
export function includedName(statement: Statement): string | undefined {
  return fileNamed(statement, 'include');
}

/** The file whose name stands at a place, in an `.include` or `.incbin`; the span is what stands between the quotation marks. */
export function includedAt(analysis: SourceAnalysis, at: TextPlace): { readonly name: string; readonly span: TextSpan } | undefined {
  const statement = analysis.statementAt(at);
  const name = statement && (fileNamed(statement, 'include') ?? fileNamed(statement, 'incbin'));
  if (!statement || name === undefined) return undefined;
  const { text, place: { line, column } } = statement;
  const start = column + text.indexOf('"') + 1;
  const end = column + text.indexOf('"', text.indexOf('"') + 1);
  return start <= at.column && at.column <= end ? { name, span: { line, start, end } } : undefined;
}

function fileNamed({ text }: Statement, directive: string): string | undefined {
  const quote = text.indexOf('"');
  return quote > 0 && headWord(text) === directive ? readQuoted(new Cursor(text, quote)) : undefined;
}
