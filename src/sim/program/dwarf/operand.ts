/** Values on the stack of a location expression: of the generic type (64 bits of no sign), or of a base type (DWARF 5, 2.5.1). */
import { OutOfBytes } from '../bigEndian.ts';
import { floatBits, floatOf } from '../floatBits.ts';
import { DW_OP } from './operations.ts';

export interface OperandType {
  readonly bytes: number;
  readonly form: 'signed' | 'unsigned' | 'float';
}

export interface Operand {
  /** The bits, unsigned. */
  readonly bits: bigint;
  /** Without one it is of the generic type. */
  readonly type: OperandType | undefined;
}

const GENERIC_BITS = 64;

export function generic(value: bigint): Operand {
  return { bits: BigInt.asUintN(GENERIC_BITS, value), type: undefined };
}

/** The number as its type says; the generic type counts as signed in arithmetic. */
function integerOf({ bits, type }: Operand, isSigned = type?.form !== 'unsigned'): bigint {
  const width = (type?.bytes ?? 8) * 8;
  return isSigned ? BigInt.asIntN(width, bits) : BigInt.asUintN(width, bits);
}

function ofType(type: OperandType | undefined, value: bigint): Operand {
  return { bits: BigInt.asUintN((type?.bytes ?? 8) * 8, value), type };
}

/** Converts as C does, from and to any base type. */
export function converted(operand: Operand, type: OperandType | undefined): Operand {
  const isFloat = operand.type?.form === 'float';
  if (type?.form === 'float') return { bits: floatBits(isFloat ? floatValue(operand) : Number(integerOf(operand)), type.bytes), type };
  if (!isFloat) return ofType(type, integerOf(operand));
  const number = floatValue(operand);
  return ofType(type, BigInt(Number.isFinite(number) ? Math.trunc(number) : 0));
}

export function reinterpreted({ bits }: Operand, type: OperandType | undefined): Operand {
  return ofType(type, bits);
}

export function unaryOperation(code: number, operand: Operand): Operand {
  if (operand.type?.form === 'float') {
    const value = floatValue(operand);
    return { bits: floatBits(code === DW_OP.abs ? Math.abs(value) : -value, operand.type.bytes), type: operand.type };
  }
  const value = integerOf(operand);
  switch (code) {
    case DW_OP.abs: return ofType(operand.type, value < 0n ? -value : value);
    case DW_OP.neg: return ofType(operand.type, -value);
    default: return ofType(operand.type, ~value);
  }
}

export function binaryOperation(code: number, left: Operand, right: Operand): Operand {
  if (left.type?.form === 'float') return floatOperation(code, left, right);
  const [a, b] = [integerOf(left), integerOf(right)];
  const { type } = left;
  switch (code) {
    case DW_OP.and: return ofType(type, a & b);
    case DW_OP.or: return ofType(type, a | b);
    case DW_OP.xor: return ofType(type, a ^ b);
    case DW_OP.plus: return ofType(type, a + b);
    case DW_OP.minus: return ofType(type, a - b);
    case DW_OP.mul: return ofType(type, a * b);
    case DW_OP.div: return ofType(type, a / divisor(b));
    case DW_OP.mod: return ofType(type, type ? a % divisor(b) : integerOf(left, false) % divisor(integerOf(right, false)));
    case DW_OP.shl: return ofType(type, a << shift(right));
    case DW_OP.shr: return ofType(type, integerOf(left, false) >> shift(right));
    case DW_OP.shra: return ofType(type, integerOf(left, true) >> shift(right));
    default: return generic(compare(code, a, b) ? 1n : 0n);
  }
}

function floatOperation(code: number, left: Operand, right: Operand): Operand {
  const [a, b] = [floatValue(left), floatValue(right)];
  const bytes = left.type?.bytes ?? 8;
  const result = (value: number): Operand => ({ bits: floatBits(value, bytes), type: left.type });
  switch (code) {
    case DW_OP.plus: return result(a + b);
    case DW_OP.minus: return result(a - b);
    case DW_OP.mul: return result(a * b);
    case DW_OP.div: return result(a / b);
    default: return generic(compare(code, a, b) ? 1n : 0n);
  }
}

function compare<T extends bigint | number>(code: number, a: T, b: T): boolean {
  switch (code) {
    case DW_OP.eq: return a === b;
    case DW_OP.ne: return a !== b;
    case DW_OP.lt: return a < b;
    case DW_OP.le: return a <= b;
    case DW_OP.gt: return a > b;
    case DW_OP.ge: return a >= b;
    default: throw new OutOfBytes(`operation ${String(code)} does not exist`);
  }
}

function divisor(value: bigint): bigint {
  if (value === 0n) throw new OutOfBytes('a location divides by zero');
  return value;
}

function shift(operand: Operand): bigint {
  const by = integerOf(operand, false);
  return by > 64n ? 64n : by;
}

function floatValue({ bits, type }: Operand): number {
  return floatOf(bits, type?.bytes ?? 8);
}
