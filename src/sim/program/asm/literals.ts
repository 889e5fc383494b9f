/** Numbers, characters and strings as GNU as writes them (gas manual, "Constants"). */
import type { Cursor } from './cursor.ts';
import { StatementError } from './error.ts';

const NUMBER = /0[xX][\da-fA-F]+|0[bB][01]+|\d+/y;
const WORD_CHARACTER = /[\w.$]/;

/** An integer, or undefined where no digit comes next. */
export function readInteger(cursor: Cursor): bigint | undefined {
  const digits = cursor.match(NUMBER);
  if (digits === undefined) return undefined;
  const next = cursor.text[cursor.offset];
  if (next !== undefined && WORD_CHARACTER.test(next)) {
    throw cursor.error(`"${digits}${cursor.matchHere(/[\w.$]+/y) ?? ''}" is not a number.`);
  }
  if (!/^0\d/.test(digits)) return BigInt(digits);
  if (/[89]/.test(digits)) throw cursor.error(`"${digits}" starts with 0, so it is octal, and may not have the digits 8 and 9.`);
  return BigInt(`0o${digits.slice(1)}`);
}

const ESCAPES: Readonly<Record<string, number>> = { b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };

/** A character constant, `'a` or `'a'`, whose `'` has been taken. */
export function readCharacter(cursor: Cursor): bigint {
  const character = cursor.matchHere(/\\.|./uy);
  if (character === undefined) throw cursor.error("A character must follow the apostrophe, as in 'a'.");
  cursor.matchHere(/'/y);
  if (!character.startsWith('\\')) return BigInt(character.codePointAt(0) ?? 0);
  const code = character === "\\'" ? 39 : ESCAPES[character.slice(1)];
  if (code === undefined) throw cursor.error(`"${character}" is no character: use \\n, \\t, \\\\ and the like, or a number.`);
  return BigInt(code);
}

/** The source text of a string, without its quotation marks; undefined where none comes next. */
export function readQuoted(cursor: Cursor): string | undefined {
  const text = cursor.match(/"(?:[^"\\]|\\.)*"/y);
  return text?.slice(1, -1);
}

/** The bytes of a string: UTF-8, with escapes. */
export function stringBytes(source: string): number[] {
  const bytes: number[] = [];
  for (const [part] of source.matchAll(/\\[xX][\da-fA-F]*|\\[0-7]{1,3}|\\.|[^\\]/gu)) {
    if (part.startsWith('\\')) bytes.push(escapedByte(part));
    else bytes.push(...utf8(part.codePointAt(0) ?? 0));
  }
  return bytes;
}

function escapedByte(escape: string): number {
  const kind = escape.charAt(1);
  if (/[xX]/.test(kind) && escape.length > 2) return parseInt(escape.slice(2), 16) & 0xff;
  if (/[0-7]/.test(kind)) return parseInt(escape.slice(1), 8) & 0xff;
  const code = ESCAPES[kind];
  if (code === undefined) throw new StatementError(`The string has the unknown escape "${escape}": use \\n, \\t, \\\\, \\", \\ooo or \\xhh.`);
  return code;
}

function utf8(code: number): number[] {
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), continuation(code)];
  if (code < 0x10000) return [0xe0 | (code >> 12), continuation(code >> 6), continuation(code)];
  return [0xf0 | (code >> 18), continuation(code >> 12), continuation(code >> 6), continuation(code)];
}

function continuation(code: number): number {
  return 0x80 | (code & 0x3f);
}

const FLOAT = /(?:0[a-zA-Z])?([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?(?:inf(?:inity)?|nan)\b)/iy;

/** A floating-point number: `1.5`, `-2e10`, `0f1.5`, `inf`, `nan`. */
export function readFloat(cursor: Cursor): number {
  const text = cursor.match(FLOAT);
  if (text === undefined) throw cursor.error('A floating-point number must come here, such as 1.5 or -2e10.');
  const digits = text.replace(/^0[a-zA-Z]/, '').toLowerCase();
  if (digits.includes('nan')) return Number.NaN;
  if (digits.includes('inf')) return digits.startsWith('-') ? -Infinity : Infinity;
  const value = Number(digits);
  if (!Number.isFinite(value)) throw cursor.error(`The number ${text} is too large for a float.`);
  return value;
}
