/** Splits the text of an expression into words and signs. */
import { ExpressionError } from './expression.ts';

export interface Token {
  readonly kind: 'integer' | 'float' | 'text' | 'name' | 'sign' | 'end';
  readonly text: string;
  /** Place in the expression, from 1. */
  readonly column: number;
}

const WORDS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['float', /\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+/y],
  ['integer', /0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*(?![\w.])/y],
  ['text', /"[^"]*"|'[^']*'/y],
  ['name', /\$?[A-Za-z_.][\w.$@]*|\$\d+(?:\.[bhwd]\d+)?/y],
  ['sign', /->|\|\||&&|==|!=|<=|>=|<<|>>|[-+*/%&|^~!<>()[\]:=]/y],
];

/** @throws ExpressionError */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    while (/\s/.test(text.charAt(at))) at += 1;
    if (at >= text.length) break;
    const token = tokenAt(text, at);
    tokens.push(token);
    at += token.text.length;
  }
  tokens.push({ kind: 'end', text: '', column: text.length + 1 });
  return tokens;
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of WORDS) {
    const word = new RegExp(pattern.source, 'y');
    word.lastIndex = at;
    const found = word.exec(text)?.[0];
    if (found !== undefined) return { kind, text: found, column: at + 1 };
  }
  throw new ExpressionError(`"${text.slice(at, at + 10)}" at column ${String(at + 1)} is not part of an expression.`);
}

/** The value of an integer as written: decimal, 0x or 0b, with underscores. */
export function integerOf(text: string): bigint {
  return BigInt(text.replaceAll('_', '').toLowerCase());
}
