/** Formatting: labels at the margin, mnemonics, operands and comments in columns. Nothing but blanks changes, and no line breaks. */
import { commentColumn, dataColumn, headColumn, loneCommentColumn, operandColumn } from './columns.ts';
import { FileParts, type LineParts, type StatementParts } from './lineParts.ts';

export interface FormatOptions {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

/** A line's new text; lines count from 1. */
export interface FormattedLine {
  readonly line: number;
  readonly text: string;
}

/** The lines that formatting changes, among those from `first` to `last`. */
export function formattedLines(lines: readonly string[], options: FormatOptions, first = 1, last = lines.length): FormattedLine[] {
  const changes: FormattedLine[] = [];
  const parts = new FileParts(lines);
  const data = dataColumn(parts.labelledDirectives());
  for (let start = startOfRun(lines, Math.max(first, 1) - 1); start < Math.min(last, lines.length);) {
    let end = start + 1;
    while (end < lines.length && !isBlank(lines[start]) && !isBlank(lines[end])) end++;
    const run = lines.slice(start, end);
    formattedRun(run, run.map((_, index) => parts.of(start + index)), data, options).forEach((text, index) => {
      const line = start + index + 1;
      if (line >= first && line <= last && text !== lines[line - 1]) changes.push({ line, text });
    });
    start = end;
  }
  return changes;
}

/** Where the lines without a blank one between them begin that a line is among; all count from 0. */
function startOfRun(lines: readonly string[], line: number): number {
  let start = line;
  while (start > 0 && !isBlank(lines[start]) && !isBlank(lines[start - 1])) start--;
  return start;
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || /^[ \t]*$/.test(line);
}

function formattedRun(lines: readonly string[], run: readonly LineParts[], data: number, { tabSize, insertSpaces }: FormatOptions): string[] {
  const tab = Math.max(1, tabSize);
  const indentations = run.map(({ indentation }) => columnAfter(indentation, 0, tab));
  const codes = run.map(({ statements }, index) => codeOf(statements, indentations[index] ?? 0, data));
  const ends = codes.flatMap((code, index) => (run[index]?.comment === '' || code.length === 0 ? [] : [endOf(code)]));
  const comments = commentColumn(ends);
  return run.map((parts, index) => {
    const code = codes[index] ?? [];
    if (parts.verbatim) return lines[index] ?? '';
    if (parts.comment === '') return laidOut(code, tab, insertSpaces);
    const column = code.length === 0 ? loneCommentColumn(indentations[index] ?? 0, comments) : Math.max(comments, endOf(code) + 1);
    return laidOut([...code, { column, text: parts.comment }], tab, insertSpaces);
  });
}

/** Text at a column that is behind the end of the one before. */
interface Placed {
  readonly column: number;
  readonly text: string;
}

function codeOf(statements: readonly StatementParts[], indentation: number, data: number): Placed[] {
  const [first, ...more] = statements;
  if (!first) return [];
  const placed: Placed[] = [];
  const tail = more.map((statement) => `;${oneSpaced(statement)}`).join('');
  if (first.labels !== '') placed.push({ column: 0, text: first.labels });
  const column = headColumn(first, indentation, data);
  const { head, operands, apart } = first;
  if (operands === '') {
    if (head !== '') placed.push({ column, text: head });
  } else if (!apart) placed.push({ column, text: head + operands });
  else if (first.assigns || head === '') placed.push({ column, text: `${head} ${operands}`.trimStart() });
  else placed.push({ column, text: head }, { column: operandColumn(column, head), text: operands });
  const end = placed.pop();
  if (end) placed.push({ column: end.column, text: end.text + tail });
  else if (tail !== '') placed.push({ column, text: tail });
  return placed;
}

/** A statement behind another in its line. */
function oneSpaced({ labels, head, apart, operands }: StatementParts): string {
  return [labels, head + (apart && head !== '' && operands !== '' ? ' ' : '') + operands].filter((part) => part !== '').map((part) => ` ${part}`).join('');
}

function endOf(code: readonly Placed[]): number {
  const last = code.at(-1);
  return last ? last.column + last.text.length : 0;
}

function laidOut(placed: readonly Placed[], tab: number, insertSpaces: boolean): string {
  let out = '';
  let at = 0;
  for (const { column, text } of placed) {
    out += gap(at, column, tab, insertSpaces) + text;
    at = column + text.length;
  }
  return out;
}

/** Blanks from one column to another. Between words a single one is a space. */
function gap(from: number, to: number, tab: number, insertSpaces: boolean): string {
  if (insertSpaces || to - from < 2) return ' '.repeat(Math.max(0, to - from));
  const tabs = Math.floor(to / tab) - Math.floor(from / tab);
  const rest = tabs > 0 ? to % tab : to - from;
  return '\t'.repeat(tabs) + ' '.repeat(rest);
}

function columnAfter(blanks: string, from: number, tab: number): number {
  let column = from;
  for (const c of blanks) column = c === '\t' ? column + tab - (column % tab) : column + 1;
  return column;
}
