/** Source text cut into statements: comments gone, `;` and line ends separate, columns kept. */
import type { ProgramError, SourcePlace } from '../program.ts';

export interface Statement {
  /** Starts with its first character that is not blank; trailing blanks are cut. */
  readonly text: string;
  /** Where the text starts; for statements that a macro made, where the macro was called. */
  readonly place: SourcePlace;
  /** The macro that made this statement, innermost last: ` (line 3 of the macro "push")`. */
  readonly inside: string;
  /** Of a statement that a macro made: where the macro has it. */
  readonly origin?: SourcePlace;
}

const PREPROCESSOR = /^#\s*(define|undef|include|if|ifdef|ifndef|elif|else|endif|error|pragma)\b/;

/**
 * Statements of a file. `/* *\/`, `//` and `#` start comments (GNU as: `#` on both processors; the
 * other two are what its preprocessed `.S` sources have).
 */
export function splitStatements(file: string, text: string, errors: ProgramError[]): Statement[] {
  const preprocessed = file.endsWith('.S');
  const statements: Statement[] = [];
  let inComment = false;
  let line = 0;
  for (const lineText of text.split(/\r\n|\r|\n/)) {
    line++;
    if (preprocessed && !inComment && PREPROCESSOR.test(lineText.trimStart())) {
      errors.push({ file, line, column: 1, message: PREPROCESSOR_MESSAGE });
      continue;
    }
    inComment = splitLine(lineText, inComment, {
      statement: (start, end) => {
        const raw = clean(lineText, start, end);
        const body = raw.trimStart();
        if (body === '') return;
        const column = start + raw.length - body.length + 1;
        statements.push({ text: body.trimEnd(), place: { file, line, column }, inside: '' });
      },
      error: (offset, message) => errors.push({ file, line, column: offset + 1, message }),
    });
  }
  if (inComment) errors.push({ file, line, column: 1, message: 'The comment that starts with "/*" is not closed: write "*/" where it ends.', mistake: { code: 'not-closed', end: '*/' } });
  return statements;
}

const PREPROCESSOR_MESSAGE =
  'The C preprocessor is not run on this file: use .equ, .macro, .include and .ifdef instead of lines that start with "#".';

/** Told of the parts of a line; `start` and `end` are offsets in it. */
export interface LineSink {
  statement(start: number, end: number): void;
  error(offset: number, message: string): void;
}

/** Finds the statements of one line. Answers whether a block comment goes on in the next line. */
export function splitLine(text: string, inComment: boolean, sink: LineSink): boolean {
  let start = 0;
  let i = 0;
  if (inComment) {
    const close = text.indexOf('*/');
    if (close < 0) return true;
    i = start = close + 2;
  }
  while (i < text.length) {
    const c = text[i];
    if (c === '"') {
      const close = stringEnd(text, i);
      if (close < 0) {
        sink.error(i, 'The string is not closed: write a quotation mark where it ends.');
        return false;
      }
      i = close;
    } else if (c === "'") {
      i = characterEnd(text, i);
    } else if (c === '#' || text.startsWith('//', i)) {
      sink.statement(start, i);
      return false;
    } else if (text.startsWith('/*', i)) {
      const close = text.indexOf('*/', i + 2);
      if (close < 0) {
        sink.statement(start, i);
        return true;
      }
      i = close + 2;
    } else if (c === ';') {
      sink.statement(start, i);
      i = start = i + 1;
    } else {
      i++;
    }
  }
  sink.statement(start, text.length);
  return false;
}

/** The text with its block comments blanked, so that columns stay. */
function clean(text: string, start: number, end: number): string {
  const part = text.slice(start, end);
  if (!part.includes('/*')) return part;
  let out = '';
  for (let i = 0; i < part.length;) {
    const c = part[i];
    if (part.startsWith('/*', i)) {
      const close = part.indexOf('*/', i + 2) + 2;
      out += ' '.repeat(close - i);
      i = close;
      continue;
    }
    const next = c === '"' ? stringEnd(part, i) : c === "'" ? characterEnd(part, i) : i + 1;
    out += part.slice(i, next);
    i = next;
  }
  return out;
}

/** Index after the closing quotation mark of the string that starts at `from`, or -1. */
export function stringEnd(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
  return -1;
}

/** Index after a character constant, `'a` or `'a'` (GNU as takes both). */
export function characterEnd(text: string, from: number): number {
  const end = Math.min(from + (text[from + 1] === '\\' ? 3 : 2), text.length);
  return text[end] === "'" ? end + 1 : end;
}
