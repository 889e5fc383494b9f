/** Operators of C on values with types: pointers count in elements, integers keep their signs. */
import { bytesOfNumber } from '../../sim/program/bigEndian.ts';
import { type CType, pointerTo, sizeOf, stripped } from '../../sim/program/dwarf/types.ts';
import { floatBits } from '../../sim/program/floatBits.ts';
import { type BinaryOperator, ExpressionError, type UnaryOperator } from '../evaluate/expression.ts';
import { binary, unary } from '../evaluate/operators.ts';
import { asInteger, plainOf, type Value } from '../evaluate/value.ts';
import { type CMemory, type CObject, contentsOf, DEEPEST_UNNAMED, elementOf, isSigned, memberOf, pointedTo } from './object.ts';
import { addressOf, plainValue } from './plain.ts';

const LONG: CType = { kind: 'base', name: 'long', bytes: 8, encoding: 'signed' };
export const UNSIGNED_LONG: CType = { kind: 'base', name: 'unsigned long', bytes: 8, encoding: 'unsigned' };
const INT: CType = { kind: 'base', name: 'int', bytes: 4, encoding: 'signed' };
const DOUBLE: CType = { kind: 'base', name: 'double', bytes: 8, encoding: 'float' };
const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', '&&', '||']);

export function addressObject(object: CObject): CObject {
  return number(pointerTo(object.type), BigInt(addressOf(object)), object.memory);
}

export function unaryObject(operator: UnaryOperator, object: CObject): Value {
  const result = unary(operator, plainValue(object));
  return operator === '!' ? typed(result, INT, object.memory) : typed(result, isUnsignedLong(object.type) ? UNSIGNED_LONG : LONG, object.memory);
}

export function binaryObjects(operator: BinaryOperator, left: Value, right: Value): Value {
  const memory = memoryOf(left, right);
  const [a, b] = [pointerOf(left), pointerOf(right)];
  if (a && b && operator === '-') {
    const bytes = asInteger(plainOf(left)) - asInteger(plainOf(right));
    return { kind: 'object', object: number(LONG, bytes / BigInt(Math.max(sizeOf(a.target), 1)), memory) };
  }
  const pointer = a ?? b;
  if (pointer && !(a && b) && (operator === '+' || (operator === '-' && a))) {
    const by = asInteger(plainOf(a ? right : left)) * BigInt(Math.max(sizeOf(pointer.target), 1));
    return { kind: 'object', object: number(pointerTo(pointer.target), pointer.address + (operator === '-' ? -by : by), memory) };
  }
  const result = binary(operator, plainOf(left), plainOf(right));
  if (COMPARISONS.has(operator)) return typed(result, INT, memory);
  const isUnsigned = [left, right].some((value) => value.kind === 'object' && isUnsignedLong(value.object.type));
  return typed(result, isUnsigned ? UNSIGNED_LONG : LONG, memory);
}

/** What a pointer or an array leads to at an index. */
export function indexed(object: CObject, index: bigint): CObject {
  const type = stripped(object.type);
  if (type.kind === 'array') return elementOf(object, type.element, Number(index));
  const target = pointedTo(object);
  if (!target) throw new ExpressionError('Only arrays and pointers have elements.');
  return elementOf(target, target.type, Number(index));
}

/** A member by name, also of a structure without a name inside. A pointer is followed, as `->` does. */
export function memberNamed(object: CObject, name: string): CObject {
  const whole = stripped(object.type).kind === 'pointer' ? pointedTo(object) : object;
  const found = whole && findMember(whole, name);
  if (found) return found;
  throw new ExpressionError(whole && stripped(whole.type).kind === 'structure' ? `The structure has no member "${name}".` : `This is no structure, so it has no member "${name}".`);
}

export function dereferenced(object: CObject): CObject {
  const type = stripped(object.type);
  if (type.kind === 'array') return elementOf(object, type.element, 0);
  const target = pointedTo(object);
  if (!target) throw new ExpressionError('Only a pointer can be followed.');
  if (stripped(target.type).kind === 'void') throw new ExpressionError('What a pointer to void leads to has no type; cast it, such as *(int *)p.');
  return target;
}

export function castTo(type: CType, value: Value, memory: CMemory): CObject {
  const target = stripped(type);
  if (value.kind === 'object' && (target.kind === 'structure' || target.kind === 'array')) return { ...value.object, type };
  return { type, storage: { kind: 'bytes', bytes: encoded(type, value) }, memory };
}

/** The bytes of a value as a type of C has them. Throws `ExpressionError` where it does not suit. */
export function encoded(type: CType, value: Value): Uint8Array {
  const target = stripped(type);
  const size = sizeOf(type);
  if (target.kind === 'structure' || target.kind === 'array') {
    const contents = value.kind === 'object' && sizeOf(value.object.type) === size ? contentsOf(value.object) : undefined;
    if (contents && 'bytes' in contents) return contents.bytes.slice();
    throw new ExpressionError('A structure or an array is set member by member.');
  }
  const given = plainOf(value);
  if (target.kind === 'base' && target.encoding === 'float') return floatBytes(given.kind === 'float' ? given.value : Number(asInteger(given)), size);
  // A character in quotation marks.
  if (given.kind === 'text' && given.value.length === 1) return bytesOfNumber(BigInt(given.value.charCodeAt(0)), size);
  return bytesOfNumber(asInteger(given), size);
}

function floatBytes(value: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  // Of a long double the first of both doubles.
  const part = Math.min(size, 8);
  bytes.set(bytesOfNumber(floatBits(value, part), part));
  return bytes;
}

function findMember(object: CObject, name: string, depth = 0): CObject | undefined {
  const type = stripped(object.type);
  if (type.kind !== 'structure' || depth > DEEPEST_UNNAMED) return undefined;
  for (const member of type.members()) {
    if (member.name === name) return memberOf(object, member);
    const inside = member.name === undefined ? findMember(memberOf(object, member), name, depth + 1) : undefined;
    if (inside) return inside;
  }
  return undefined;
}

function pointerOf(value: Value): { readonly target: CType; readonly address: bigint } | undefined {
  if (value.kind !== 'object') return undefined;
  const type = stripped(value.object.type);
  if (type.kind === 'array') return { target: type.element, address: BigInt(addressOf(value.object)) };
  return type.kind === 'pointer' ? { target: type.to(), address: asInteger(plainValue(value.object)) } : undefined;
}

function typed(value: Value, type: CType, memory: CMemory): Value {
  if (value.kind === 'float') return { kind: 'object', object: { type: DOUBLE, storage: { kind: 'bytes', bytes: floatBytes(value.value, 8) }, memory } };
  return { kind: 'object', object: number(type, asInteger(value), memory) };
}

function number(type: CType, value: bigint, memory: CMemory): CObject {
  return { type, storage: { kind: 'bytes', bytes: bytesOfNumber(value, sizeOf(type)) }, memory };
}

function isUnsignedLong(type: CType): boolean {
  return sizeOf(type) === 8 && !isSigned(type);
}

function memoryOf(left: Value, right: Value): CMemory {
  if (left.kind === 'object') return left.object.memory;
  if (right.kind === 'object') return right.object.memory;
  throw new ExpressionError('Neither side is a value of the program.');
}
