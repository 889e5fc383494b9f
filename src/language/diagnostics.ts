/** The assembler's errors, each with the text that it is about. */
import type { SourceAnalysis, TextSpan } from './sourceAnalysis.ts';
import { wordsOf } from './words.ts';

export interface Diagnostic {
  readonly span: TextSpan;
  readonly message: string;
  /** A symbol that this file does not define: another file of its program may. */
  readonly elsewhere: boolean;
  /** What the message proposes to write instead of the text. */
  readonly replacement?: string;
}

/** The errors of the file itself; those in files that it includes are shown there. */
export function diagnosticsOf(analysis: SourceAnalysis): Diagnostic[] {
  const { symbols } = analysis.survey;
  return analysis.survey.errors.filter(({ file }) => file === analysis.path).map(({ line, column, message }) => {
    const replacement = /Did you mean "([^"]+)"\?/.exec(message)?.[1];
    const span = spanAt(analysis, line, column, replacement === undefined ? undefined : /"([^"]+)"/.exec(message)?.[1]);
    const text = analysis.lines[span.line - 1]?.slice(span.start - 1, span.end - 1);
    const own = symbols.filter(({ name }) => name === text);
    const elsewhere = own.length > 0 && own.every(({ definition }) => definition === undefined);
    return { span, message, elsewhere, ...replacement !== undefined && { replacement } };
  });
}

/** The word that is meant, else the word at the place, else the rest of the statement. */
function spanAt(analysis: SourceAnalysis, line: number, column: number, meant: string | undefined): TextSpan {
  const statement = analysis.statementAt({ line, column });
  if (!statement) return { line, start: column, end: Math.max(column + 1, (analysis.lines[line - 1]?.length ?? 0) + 1) };
  const words = wordsOf(statement);
  const word = words.find(({ text, span }) => text === meant && span.start >= column) ?? words.find(({ span }) => span.start === column);
  return word?.span ?? { line, start: column, end: Math.max(column + 1, statement.place.column + statement.text.length) };
}
