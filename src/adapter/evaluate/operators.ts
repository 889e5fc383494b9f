/** What operators do. Integers have 64 bits, as the registers of the PPE. */
import { type BinaryOperator, ExpressionError, type UnaryOperator } from './expression.ts';
import { asInteger, integer, isTrue, plainOf, truth, type Value } from './value.ts';

export function unary(operator: UnaryOperator, operand: Value): Value {
  switch (operator) {
    case '!': return truth(!isTrue(operand));
    case '~': return integer(~asInteger(operand));
    case '-': return operand.kind === 'float' ? { kind: 'float', value: -operand.value } : integer(-asInteger(operand));
  }
}

export function binary(operator: BinaryOperator, left: Value, right: Value): Value {
  if (operator === '==' || operator === '!=') return truth(isEqual(left, right) === (operator === '=='));
  if (left.kind === 'float' || right.kind === 'float') return floating(operator, asNumber(left), asNumber(right));
  return integral(operator, asInteger(left), asInteger(right));
}

function isEqual(first: Value, second: Value): boolean {
  const [left, right] = [plainOf(first), plainOf(second)];
  if (left.kind === 'none' || right.kind === 'none') return left.kind === right.kind;
  if (left.kind === 'text' || right.kind === 'text') {
    if (left.kind === right.kind) return left.value === right.value;
    throw new ExpressionError('A text cannot be compared with a number.');
  }
  if (left.kind === 'float' || right.kind === 'float') return asNumber(left) === asNumber(right);
  return BigInt.asUintN(64, asInteger(left)) === BigInt.asUintN(64, asInteger(right));
}

function integral(operator: BinaryOperator, left: bigint, right: bigint): Value {
  // Registers hold signed numbers as often as addresses, which have 44 bits: order is that of signed ones.
  const [a, b] = [BigInt.asIntN(64, left), BigInt.asIntN(64, right)];
  switch (operator) {
    case '<': return truth(a < b);
    case '<=': return truth(a <= b);
    case '>': return truth(a > b);
    case '>=': return truth(a >= b);
    case '+': return integer(left + right);
    case '-': return integer(left - right);
    case '*': return integer(left * right);
    case '/': return integer(a / divisor(b));
    case '%': return integer(a % divisor(b));
    case '&': return integer(left & right);
    case '|': return integer(left | right);
    case '^': return integer(left ^ right);
    case '<<': return integer(left << shiftCount(b, 64));
    case '>>': return integer(BigInt.asUintN(64, left) >> shiftCount(b, 64));
    default: return truth(false);
  }
}

/** Throws `ExpressionError` for 0. */
export function divisor(value: bigint): bigint {
  if (value === 0n) throw new ExpressionError('The expression divides by zero.');
  return value;
}

/** Throws `ExpressionError` for a count that no integer of `bits` bits can be shifted by. */
export function shiftCount(count: bigint, bits: number): bigint {
  if (count >= 0n && count < BigInt(bits)) return count;
  throw new ExpressionError(`${String(bits)} bits cannot be shifted by ${String(count)}${bits < 64 && count > 0n ? '; cast the left side to a longer type, such as (long)1 << 40' : ''}.`);
}

function floating(operator: BinaryOperator, left: number, right: number): Value {
  switch (operator) {
    case '<': return truth(left < right);
    case '<=': return truth(left <= right);
    case '>': return truth(left > right);
    case '>=': return truth(left >= right);
    case '+': return { kind: 'float', value: left + right };
    case '-': return { kind: 'float', value: left - right };
    case '*': return { kind: 'float', value: left * right };
    case '/': return { kind: 'float', value: left / right };
    default: throw new ExpressionError(`Floating-point numbers have no operator ${operator}.`);
  }
}

function asNumber(value: Value): number {
  return value.kind === 'float' ? value.value : Number(BigInt.asIntN(64, asInteger(value)));
}
