/** The assembler's errors, each with the text that it is about, and what it takes as it stands but may not be meant. */
import type { Mistake } from '../sim/program/mistake.ts';
import { type Hint, hintsIn } from './hints.ts';
import type { SourceAnalysis, TextSpan } from './sourceAnalysis.ts';
import { wordsOf } from './words.ts';

export interface Diagnostic {
  readonly span: TextSpan;
  readonly message: string;
  /** `doubt` is what another file of the program may have: a symbol, or code. */
  readonly severity: 'mistake' | 'doubt' | 'hint';
  /** The symbol that this program does not define. */
  readonly symbol?: string;
  /** Of what can be mended: its code, and what that takes. */
  readonly about?: Mistake | Hint;
  /** What the message proposes to write instead of the text. */
  readonly replacement?: string;
}

/** The errors of the file itself, and hints; those in files that it includes are shown there. */
export function diagnosticsOf(analysis: SourceAnalysis): Diagnostic[] {
  return [...mistakesIn(analysis), ...hintsIn(analysis).map((hint): Diagnostic => ({ ...hint, severity: 'hint' }))];
}

function mistakesIn(analysis: SourceAnalysis): Diagnostic[] {
  const { errors, symbols } = analysis.survey;
  return errors.filter(({ file }) => (file === '' ? analysis.survey.path : file) === analysis.path).map(({ line, column, message, mistake }) => {
    const written = mistake && 'written' in mistake ? mistake.written : undefined;
    // What is about the whole file has line 0.
    const span = spanAt(analysis, Math.max(line, 1), Math.max(column, 1), written);
    const text = textAt(analysis, span);
    const own = symbols.filter(({ name }) => name === text);
    const symbol = own.every(({ definition }) => definition === undefined) ? own[0]?.name : undefined;
    const severity = symbol !== undefined || mistake?.code === 'no-code' ? 'doubt' : 'mistake';
    const meant = mistake && 'meant' in mistake && text === written ? mistake.meant : undefined;
    return { span, message, severity, ...symbol !== undefined && { symbol }, ...mistake && { about: mistake }, ...meant !== undefined && { replacement: meant } };
  });
}

export function textAt({ lines }: SourceAnalysis, { line, start, end }: TextSpan): string {
  return lines[line - 1]?.slice(start - 1, end - 1) ?? '';
}

export interface FileDiagnostic extends Diagnostic {
  readonly path: string;
  /** The source of a program that has it. */
  readonly source: string;
  /** The programs that have it, where other programs have the file without it. */
  readonly programs?: readonly string[];
}

/** The errors of all files of programs, each once. */
export function diagnosticsOfPrograms(programs: readonly SourceAnalysis[]): FileDiagnostic[] {
  const found = new Map<string, { readonly path: string; readonly diagnostic: Diagnostic; readonly programs: string[] }>();
  for (const program of programs) {
    for (const path of program.survey.texts.keys()) {
      for (const diagnostic of diagnosticsIn(program, path)) {
        const { span: { line, start, end }, message } = diagnostic;
        const key = [path, line, start, end, message].join(' ');
        const known = found.get(key);
        if (known) known.programs.push(program.survey.path);
        else found.set(key, { path, diagnostic, programs: [program.survey.path] });
      }
    }
  }
  return Array.from(found.values(), ({ path, diagnostic, programs: having }) => {
    const isEverywhere = programs.every(({ survey }) => !survey.texts.has(path) || having.includes(survey.path));
    return { path, source: having[0] ?? path, ...diagnostic, ...!isEverywhere && { programs: having } };
  });
}

function diagnosticsIn(program: SourceAnalysis, path: string): Diagnostic[] {
  const file = program.file(path);
  return file ? diagnosticsOf(file) : [];
}

/** The word that is meant, else the word at the place, else the rest of the statement. */
function spanAt(analysis: SourceAnalysis, line: number, column: number, written: string | undefined): TextSpan {
  const statement = analysis.statementAt({ line, column });
  if (!statement) return { line, start: column, end: Math.max(column + 1, (analysis.lines[line - 1]?.length ?? 0) + 1) };
  const words = wordsOf(statement);
  const word = words.find(({ text, span }) => text === written && span.start >= column) ?? words.find(({ span }) => span.start === column);
  return word?.span ?? { line, start: column, end: Math.max(column + 1, statement.place.column + statement.text.length) };
}
