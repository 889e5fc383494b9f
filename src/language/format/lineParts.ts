/** A source line as the formatter sees it: labels, head and operands of each statement, and the comment behind them. */
import { characterEnd, type LineSink, splitLine, stringEnd } from '../../sim/program/asm/statement.ts';

export interface StatementParts {
  /** With their colons, a space between two. */
  readonly labels: string;
  /** Mnemonic, directive, macro or assigned symbol; '' where there are only labels. */
  readonly head: string;
  /** A head that its operands touch keeps them: `.ascii"text"`. */
  readonly apart: boolean;
  readonly assigns: boolean;
  readonly operands: string;
}

export interface LineParts {
  /** Lines that the formatter leaves alone: inside a block comment, or wrong in a way that hides where statements end. */
  readonly verbatim: boolean;
  readonly indentation: string;
  /** Those between `;`, empty ones too. */
  readonly statements: readonly StatementParts[];
  readonly comment: string;
}

const LABELLED_DIRECTIVE = /:[ \t]*\./;
const BLANKS = /[ \t]+/y;
/** Also those that a macro's parameters make: `loop\@:`, `\name\()_end:`. */
const LABEL = /((?:[\w.$@]|\\(?:\(\))?)+)[ \t]*:(?!:)[ \t]*/y;
const ASSIGNED = /([A-Za-z_.][\w.$]*)[ \t]*(==?)(?!=)[ \t]*/y;
const HEAD = /[^ \t"',]+/y;
/** Directives to which every blank of their operands may matter, and heads that a macro's parameter makes. */
const BLANKS_COUNT = /^\.(?:ifn?c|irpc)$|\\/i;
const NOTHING: StatementParts = { labels: '', head: '', apart: false, assigns: false, operands: '' };

const NO_SINK: LineSink = { statement: () => undefined, error: () => undefined };

/** Lines taken apart when they are asked for. Of the others only block comments are read, which may go on in later lines. */
export class FileParts {
  /** Whether a line begins inside a block comment. */
  private readonly inComment: readonly boolean[];

  constructor(private readonly lines: readonly string[]) {
    let inComment = false;
    this.inComment = lines.map((line) => {
      const before = inComment;
      if (before || line.includes('/*')) inComment = splitLine(line, before, NO_SINK);
      return before;
    });
  }

  /** @param index from 0 */
  of(index: number): LineParts {
    const line = this.lines[index] ?? '';
    const statements: string[] = [];
    let end = 0;
    let isWrong = this.inComment[index] === true;
    splitLine(line, isWrong, {
      statement: (from, to) => {
        statements.push(line.slice(from, to));
        end = to;
      },
      error: () => { isWrong = true; },
    });
    return isWrong ? { verbatim: true, indentation: '', statements: [], comment: '' } : partsOf(line, statements, line.slice(end));
  }

  /** The first statements of all lines that may have a label and a directive. */
  *labelledDirectives(): Generator<StatementParts> {
    for (const [index, line] of this.lines.entries()) {
      if (!LABELLED_DIRECTIVE.test(line)) continue;
      const [first] = this.of(index).statements;
      if (first) yield first;
    }
  }
}

function partsOf(line: string, texts: readonly string[], lineComment: string): LineParts {
  const last = texts.at(-1) ?? '';
  const code = lineComment === '' ? codeBefore(last) : last.length;
  const comment = (last.slice(code) + lineComment).replace(/^[ \t]+|[ \t]+$/g, '');
  const statements = [...texts.slice(0, -1), last.slice(0, code)].map(statementParts);
  const known = statements.filter((parts) => parts !== undefined);
  return { verbatim: known.length < statements.length, indentation: /^[ \t]*/.exec(line)?.[0] ?? '', statements: known, comment };
}

/** Where the block comments at the end of a statement begin, or the blanks before them. */
function codeBefore(text: string): number {
  let code = 0;
  for (const { end, kind } of tokensOf(text, 0)) {
    if (kind !== 'blank' && kind !== 'comment') code = end;
  }
  return code;
}

function blanksAt(text: string, at: number): number {
  BLANKS.lastIndex = at;
  return BLANKS.exec(text)?.[0].length ?? 0;
}

/** Undefined where a block comment comes first. */
function statementParts(text: string): StatementParts | undefined {
  let at = blanksAt(text, 0);
  if (text.startsWith('/*', at)) return undefined;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found;
  };
  const labels: string[] = [];
  for (let label = take(LABEL); label; label = take(LABEL)) labels.push(`${label[1] ?? ''}:`);
  const start = { ...NOTHING, labels: labels.join(' ') };
  const assigned = take(ASSIGNED);
  if (assigned) return { ...start, head: `${assigned[1] ?? ''} ${assigned[2] ?? ''}`, apart: true, assigns: true, operands: spaced(text, at, false) };
  const head = take(HEAD)?.[0] ?? '';
  const comment = head.indexOf('/*');
  if (comment >= 0) {
    at -= head.length - comment;
    return { ...start, head: head.slice(0, comment), operands: spaced(text, at, false) };
  }
  const blanks = blanksAt(text, at);
  const apart = head === '' || blanks > 0;
  at += blanks;
  return { ...start, head, apart, operands: spaced(text, at, BLANKS_COUNT.test(head)) };
}

/** Operands with one space behind each comma, none before it, and one where there were blanks. */
function spaced(text: string, from: number, blanksCount: boolean): string {
  if (blanksCount) return text.slice(from).replace(/[ \t]+$/, '');
  let out = '';
  let gap = '';
  for (const { from: start, end, kind } of tokensOf(text, from)) {
    if (kind === 'blank') gap = ' ';
    else {
      out += kind === 'comma' ? ',' : gap + text.slice(start, end);
      gap = kind === 'comma' ? ' ' : '';
    }
  }
  return out;
}

interface Token {
  readonly from: number;
  readonly end: number;
  readonly kind: 'blank' | 'comma' | 'comment' | 'text';
}

function* tokensOf(text: string, from: number): Generator<Token> {
  for (let at = from; at < text.length;) {
    const start = at;
    const c = text.charAt(at);
    let kind: Token['kind'] = 'text';
    if (c === ' ' || c === '\t') {
      kind = 'blank';
      at += blanksAt(text, at);
    } else if (c === ',') {
      kind = 'comma';
      at++;
    } else if (text.startsWith('/*', at)) {
      kind = 'comment';
      const close = text.indexOf('*/', at + 2);
      at = close < 0 ? text.length : close + 2;
    } else if (c === '"') {
      const end = stringEnd(text, at);
      at = end < 0 ? text.length : end;
    } else if (c === "'") at = characterEnd(text, at);
    else at++;
    yield { from: start, end: at, kind };
  }
}
