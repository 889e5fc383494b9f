/** Arithmetic of C: integer promotions and the usual arithmetic conversions (C11 6.3.1), with int of 4 bytes and long of 8 (64-bit PowerPC ELF ABI, 3.1.4). */
import { bytesOfNumber } from '../../sim/program/bigEndian.ts';
import { type CType, sizeOf, stripped } from '../../sim/program/dwarf/types.ts';
import { floatBits } from '../../sim/program/floatBits.ts';
import { type BinaryOperator, ExpressionError, type UnaryOperator } from '../evaluate/expression.ts';
import { binary, divisor, shiftCount } from '../evaluate/operators.ts';
import { asInteger, isTrue, type Value } from '../evaluate/value.ts';
import type { CMemory, CObject } from './object.ts';
import { plainValue } from './plain.ts';

type BaseType = Extract<CType, { kind: 'base' }>;

export const INT: BaseType = { kind: 'base', name: 'int', bytes: 4, encoding: 'signed' };
const UNSIGNED: BaseType = { kind: 'base', name: 'unsigned int', bytes: 4, encoding: 'unsigned' };
export const LONG: BaseType = { kind: 'base', name: 'long', bytes: 8, encoding: 'signed' };
export const UNSIGNED_LONG: BaseType = { kind: 'base', name: 'unsigned long', bytes: 8, encoding: 'unsigned' };
const LONGEST: BaseType = { kind: 'base', name: '__int128', bytes: 16, encoding: 'signed' };
const UNSIGNED_LONGEST: BaseType = { kind: 'base', name: 'unsigned __int128', bytes: 16, encoding: 'unsigned' };
const INTEGERS: readonly BaseType[] = [INT, UNSIGNED, LONG, UNSIGNED_LONG, LONGEST, UNSIGNED_LONGEST];
const FLOATS: readonly BaseType[] = ([['float', 4], ['double', 8], ['long double', 16]] as const).map(([name, bytes]) => ({ kind: 'base', name, bytes, encoding: 'float' }));

interface IntegerOperand {
  readonly kind: 'integer';
  readonly value: bigint;
  readonly type: BaseType;
}

type Operand = IntegerOperand | { readonly kind: 'float'; readonly value: number; readonly bytes: number };

/** A constant as C types it: the first of int, long and so on that has the value; one in hexadecimal or binary may be unsigned (C11 6.4.4.1). */
export function constantObject(value: bigint, isDecimal: boolean, memory: CMemory): CObject {
  const type = INTEGERS.find((candidate) => (!isDecimal || candidate.encoding === 'signed' || candidate.bytes > 8) && fitted(value, candidate) === value);
  if (!type) throw new ExpressionError(`${String(value)} is more than any integer of C holds.`);
  return numberObject(type, value, memory);
}

export function numberObject(type: CType, value: bigint, memory: CMemory): CObject {
  return { type, storage: { kind: 'bytes', bytes: bytesOfNumber(value, sizeOf(type)) }, memory };
}

/** Throws `ExpressionError` for what has no number, and for operators that C does not define for it. */
export function unaryArithmetic(operator: UnaryOperator, object: CObject): CObject {
  const { memory } = object;
  if (operator === '!') return numberObject(INT, isTrue({ kind: 'object', object }) ? 0n : 1n, memory);
  const operand = operandOf({ kind: 'object', object });
  if (operand.kind === 'integer') return numberObject(operand.type, operator === '-' ? -operand.value : ~operand.value, memory);
  if (operator === '~') throw new ExpressionError('Floating-point numbers have no operator ~.');
  return floatObject(-operand.value, operand.bytes, memory);
}

/** As above; what comes from no program, such as a register, counts as a long. */
export function binaryArithmetic(operator: BinaryOperator, left: Value, right: Value, memory: CMemory): CObject {
  const [a, b] = [operandOf(left), operandOf(right)];
  if (a.kind === 'integer' && b.kind === 'integer') return integral(operator, a, b, memory);
  const result = binary(operator, { kind: 'float', value: Number(a.value) }, { kind: 'float', value: Number(b.value) });
  if (result.kind !== 'float') return numberObject(INT, asInteger(result), memory);
  return floatObject(result.value, Math.max(...[a, b].map((operand) => (operand.kind === 'float' ? operand.bytes : 0))), memory);
}

/** The bytes of a number in a floating type: of a long double the first of both doubles. */
export function floatBytes(value: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  const part = Math.min(size, 8);
  bytes.set(bytesOfNumber(floatBits(value, part), part));
  return bytes;
}

function integral(operator: BinaryOperator, left: IntegerOperand, right: IntegerOperand, memory: CMemory): CObject {
  // The type of a shift is that of its left side alone (C11 6.5.7).
  if (operator === '<<' || operator === '>>') {
    const count = shiftCount(right.value, left.type.bytes * 8);
    return numberObject(left.type, operator === '<<' ? left.value << count : left.value >> count, memory);
  }
  const type = common(left.type, right.type);
  const [a, b] = [fitted(left.value, type), fitted(right.value, type)];
  const truth = (value: boolean): CObject => numberObject(INT, value ? 1n : 0n, memory);
  const result = (value: bigint): CObject => numberObject(type, value, memory);
  switch (operator) {
    case '==': return truth(a === b);
    case '!=': return truth(a !== b);
    case '<': return truth(a < b);
    case '<=': return truth(a <= b);
    case '>': return truth(a > b);
    case '>=': return truth(a >= b);
    case '&&': return truth(a !== 0n && b !== 0n);
    case '||': return truth(a !== 0n || b !== 0n);
    case '+': return result(a + b);
    case '-': return result(a - b);
    case '*': return result(a * b);
    case '/': return result(a / divisor(b));
    case '%': return result(a % divisor(b));
    case '&': return result(a & b);
    case '|': return result(a | b);
    case '^': return result(a ^ b);
  }
}

function operandOf(value: Value): Operand {
  if (value.kind === 'float') return { kind: 'float', value: value.value, bytes: 8 };
  if (value.kind !== 'object') return { kind: 'integer', value: BigInt.asIntN(64, asInteger(value)), type: LONG };
  const { object } = value;
  const plain = plainValue(object);
  if (plain.kind === 'float') return { kind: 'float', value: plain.value, bytes: sizeOf(object.type) };
  const type = stripped(object.type);
  if (type.kind === 'base' && type.encoding === 'complex') throw new ExpressionError('There is no arithmetic of complex numbers here.');
  return { kind: 'integer', value: asInteger(plain), type: promoted(object.bits?.count ?? plain.bits, plain.signed) };
}

/** Whatever fits into int is an int; a bit-field of no more bits too. */
function promoted(bits: number, isSigned: boolean): BaseType {
  if (bits < 32) return INT;
  const bytes = bits <= 32 ? 4 : bits <= 64 ? 8 : 16;
  return INTEGERS.find((type) => type.bytes === bytes && (type.encoding === 'signed') === isSigned) ?? LONG;
}

function common(left: BaseType, right: BaseType): BaseType {
  if (left.bytes !== right.bytes) return left.bytes > right.bytes ? left : right;
  return left.encoding === 'unsigned' ? left : right;
}

function fitted(value: bigint, { bytes, encoding }: BaseType): bigint {
  return encoding === 'signed' ? BigInt.asIntN(bytes * 8, value) : BigInt.asUintN(bytes * 8, value);
}

function floatObject(value: number, bytes: number, memory: CMemory): CObject {
  const type = FLOATS.find((candidate) => candidate.bytes === bytes);
  if (!type) throw new ExpressionError(`The ABI has no floating type of ${String(bytes)} bytes.`);
  return { type, storage: { kind: 'bytes', bytes: floatBytes(value, bytes) }, memory };
}
