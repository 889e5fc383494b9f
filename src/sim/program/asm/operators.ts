/** Operators of GNU as expressions, on 64-bit two's complement numbers (gas manual, "Infix Operators"). */
import { StatementError } from './error.ts';

export type BinaryOperator =
  | '*' | '/' | '%' | '<<' | '>>' | '|' | '&' | '^' | '!'
  | '+' | '-' | '==' | '!=' | '<>' | '<' | '<=' | '>' | '>=' | '&&' | '||';
export type UnaryOperator = '-' | '~' | '!' | '+';

/** Binding strength; operators of one rank group from the left. */
export const RANKS: Readonly<Record<BinaryOperator, number>> = {
  '*': 6, '/': 6, '%': 6, '<<': 6, '>>': 6,
  '|': 5, '&': 5, '^': 5, '!': 5,
  '+': 4, '-': 4,
  '==': 3, '!=': 3, '<>': 3, '<': 3, '<=': 3, '>': 3, '>=': 3,
  '&&': 2,
  '||': 1,
};

/** Longest first, for a sticky match. */
export const BINARY_OPERATOR = /<<|>>|==|!=|<>|<=|>=|&&|\|\||[*/%|&^!+\-<>]/y;

export function isBinaryOperator(text: string): text is BinaryOperator {
  return Object.hasOwn(RANKS, text);
}

/** A true comparison is all ones, a true `&&` or `||` is 1, `>>` shifts zeros in: as GNU as 2.40 does. */
export function applyBinary(operator: BinaryOperator, left: bigint, right: bigint): bigint {
  const a = wrap(left);
  const b = wrap(right);
  switch (operator) {
    case '*': return wrap(a * b);
    case '/': return wrap(a / divisor(b));
    case '%': return wrap(a % divisor(b));
    case '<<': return wrap(a << shiftCount(b));
    case '>>': return wrap(BigInt.asUintN(64, a) >> shiftCount(b));
    case '|': return a | b;
    case '&': return a & b;
    case '^': return a ^ b;
    case '!': return a | ~b;
    case '+': return wrap(a + b);
    case '-': return wrap(a - b);
    case '==': return truth(a === b);
    case '!=':
    case '<>': return truth(a !== b);
    case '<': return truth(a < b);
    case '<=': return truth(a <= b);
    case '>': return truth(a > b);
    case '>=': return truth(a >= b);
    case '&&': return a !== 0n && b !== 0n ? 1n : 0n;
    case '||': return a !== 0n || b !== 0n ? 1n : 0n;
  }
}

export function applyUnary(operator: UnaryOperator, operand: bigint): bigint {
  switch (operator) {
    case '-': return wrap(-operand);
    case '~': return wrap(~operand);
    case '!': return operand === 0n ? 1n : 0n;
    case '+': return operand;
  }
}

/** The signed 64-bit number with these low 64 bits. */
function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

function truth(condition: boolean): bigint {
  return condition ? -1n : 0n;
}

function divisor(value: bigint): bigint {
  if (value === 0n) throw new StatementError('The expression divides by zero.');
  return value;
}

function shiftCount(value: bigint): bigint {
  if (value < 0n || value > 63n) throw new StatementError(`The shift count ${String(value)} must be 0 to 63.`);
  return value;
}
