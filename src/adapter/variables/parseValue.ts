/** Values that users write into registers: decimal, hexadecimal, binary, floating point, four words of a vector. */
import { floatBits } from '../../sim/program/floatBits.ts';
import { ExpressionError } from '../evaluate/expression.ts';
import { integerOf } from '../evaluate/tokens.ts';

interface Target {
  readonly name: string;
  readonly bits: number;
  readonly kind: string;
}

const INTEGER = /^([+-]?)(0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*)$/;
const FLOAT = /^[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|Infinity|inf|NaN|nan)$/;

/** @throws ExpressionError */
export function parseRegisterValue({ name, bits, kind }: Target, text: string): bigint {
  // What the view shows behind a value, a symbol or the bits of a float, comes back when it is edited.
  const plain = text.replace(/\s*(<[^>]*>|\(0x[\da-fA-F]+\))\s*$/, '').trim();
  if (kind === 'float' && !/^[+-]?0[xXbB]/.test(plain)) {
    if (!FLOAT.test(plain)) throw new ExpressionError(`"${text}" is no number; write a number such as 1.5, or its bits as 0x...`);
    return floatBits(Number(plain.replace(/inf(inity)?/i, 'Infinity').replace(/nan/i, 'NaN')), 8);
  }
  if (kind === 'vector' && /[\s{,]/.test(plain)) return vectorOf(plain, name);
  return parseInteger(plain, bits, name);
}

/** @throws ExpressionError */
export function parseInteger(text: string, bits: number, name: string): bigint {
  const [, sign = '', digits = ''] = INTEGER.exec(text.trim()) ?? [];
  if (digits === '') throw new ExpressionError(`"${text}" is no number; write it in decimal, in hexadecimal (0x1f) or in binary (0b101).`);
  const value = sign === '-' ? -integerOf(digits) : integerOf(digits);
  if (value >= 1n << BigInt(bits) || value < -(1n << BigInt(bits - 1))) throw new ExpressionError(`${text.trim()} has more than the ${String(bits)} bits of ${name}.`);
  return BigInt.asUintN(bits, value);
}

function vectorOf(text: string, name: string): bigint {
  const words = text.replace(/^\{|\}$/g, '').split(/[\s,]+/).filter((word) => word !== '');
  if (words.length !== 4) throw new ExpressionError(`${name} takes one number of 128 bits or four words such as {1 2 3 4}, not ${String(words.length)} of them.`);
  return words.reduce((value, word) => (value << 32n) | parseInteger(word, 32, `a word of ${name}`), 0n);
}
