import { StatementError } from './error.ts';

/** Reads a statement from left to right. */
export class Cursor {
  constructor(readonly text: string, private position = 0) {}

  get offset(): number {
    return this.position;
  }

  get atEnd(): boolean {
    this.skipBlanks();
    return this.position >= this.text.length;
  }

  /** What is left, without blanks in front. */
  get rest(): string {
    this.skipBlanks();
    return this.text.slice(this.position);
  }

  skipBlanks(): void {
    while (this.text[this.position] === ' ' || this.text[this.position] === '\t') this.position++;
  }

  /** The character after blanks, or '' at the end. */
  peek(): string {
    this.skipBlanks();
    return this.text[this.position] ?? '';
  }

  /** Takes exactly this text, after blanks. */
  take(token: string): boolean {
    this.skipBlanks();
    if (!this.text.startsWith(token, this.position)) return false;
    this.position += token.length;
    return true;
  }

  /** Takes what a sticky pattern matches, after blanks. */
  match(pattern: RegExp): string | undefined {
    this.skipBlanks();
    return this.matchHere(pattern);
  }

  /** As `match`, but right here. */
  matchHere(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  /** Goes on from another place of the statement. */
  moveTo(offset: number): void {
    this.position = offset;
  }

  /** Takes the rest of the statement. */
  takeRest(): string {
    const { rest } = this;
    this.position = this.text.length;
    return rest;
  }

  expectEnd(after: string): void {
    if (!this.atEnd) throw this.error(`"${this.rest}" does not belong here: ${after} ends before it.`);
  }

  expectComma(before: string): void {
    if (!this.take(',')) throw this.error(`A comma and ${before} must come here.`);
  }

  error(message: string): StatementError {
    return new StatementError(message, this.position);
  }
}

/** A symbol's name. */
export const SYMBOL = /[A-Za-z_.][\w.$]*/y;

/** Takes a symbol name; `what` says what it is for: `the symbol to export`. */
export function expectSymbol(cursor: Cursor, what: string): string {
  const name = cursor.match(SYMBOL);
  if (name === undefined) throw cursor.error(`The name of ${what} must come here.`);
  return name;
}
