/** Operators of C on values with types: pointers count in elements, integers keep their signs. */
import { bytesOfNumber } from '../../sim/program/bigEndian.ts';
import { type CType, pointerTo, sizeOf, stripped } from '../../sim/program/dwarf/types.ts';
import { type BinaryOperator, ExpressionError } from '../evaluate/expression.ts';
import { binary } from '../evaluate/operators.ts';
import { asInteger, isTrue, plainOf, type Value } from '../evaluate/value.ts';
import { binaryArithmetic, floatBytes, INT, LONG, numberObject } from './arithmetic.ts';
import { type CMemory, type CObject, contentsOf, DEEPEST_UNNAMED, elementOf, memberOf, pointedTo, writeObject } from './object.ts';
import { addressOf, plainValue } from './plain.ts';

export function addressObject(object: CObject): CObject {
  return numberObject(pointerTo(object.type), BigInt(addressOf(object)), object.memory);
}

/** Operators between values with types; what comes from the machine counts as a long. Throws `ExpressionError`. */
export function binaryObjects(operator: BinaryOperator, first: Value, second: Value, memory: CMemory): Value {
  const [left, right] = [asPointed(first, second), asPointed(second, first)];
  const [a, b] = [pointerOf(left), pointerOf(right)];
  if (a && b && operator === '-') {
    const bytes = a.address - b.address;
    return { kind: 'object', object: numberObject(LONG, bytes / BigInt(Math.max(sizeOf(a.target), 1)), memory) };
  }
  const pointer = a ?? b;
  if (pointer && !(a && b) && (operator === '+' || (operator === '-' && a))) {
    const by = asInteger(plainOf(a ? right : left)) * BigInt(Math.max(sizeOf(pointer.target), 1));
    return { kind: 'object', object: numberObject(pointerTo(pointer.target), pointer.address + (operator === '-' ? -by : by), memory) };
  }
  if ([left, right].some(({ kind }) => kind === 'text' || kind === 'none')) return { kind: 'object', object: numberObject(INT, asInteger(binary(operator, left, right)), memory) };
  return { kind: 'object', object: binaryArithmetic(operator, left, right, memory) };
}

/** What meets a pointer to a function: the name of one is its code elsewhere, here its descriptor. */
function asPointed(value: Value, other: Value): Value {
  return other.kind === 'object' ? described(other.object, value) : value;
}

/** For a pointer to a function, the code of one as its descriptor, which is what such pointers hold (64-bit PowerPC ELF ABI, 3.2.5). */
function described({ type, memory }: CObject, value: Value): Value {
  const pointer = stripped(type);
  if (value.kind !== 'integer' || pointer.kind !== 'pointer' || stripped(pointer.to()).kind !== 'function') return value;
  const descriptor = memory.descriptorOf?.(Number(value.value));
  return descriptor === undefined ? value : { ...value, value: BigInt(descriptor) };
}

/** What a pointer or an array leads to at an index, which may be negative. */
export function indexed(object: CObject, index: bigint): CObject {
  const type = stripped(object.type);
  const place = Number(BigInt.asIntN(64, index));
  if (type.kind === 'array') return elementOf(object, type.element, place);
  const target = pointedTo(object);
  if (!target) throw new ExpressionError('Only arrays and pointers have elements.');
  return elementOf(target, target.type, place);
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
function encoded(type: CType, value: Value): Uint8Array {
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

/**
 * Sets a value. A negative number may go where a value of as many bits has no sign, and the other way round; a fraction is cut off.
 * Throws `ExpressionError` where the value does not suit, or where bits of it would be lost.
 */
export function assign(object: CObject, value: Value): void {
  const type = stripped(object.type);
  if (type.kind === 'base' && type.encoding === 'boolean') {
    writeObject(object, bytesOfNumber(isTrue(value) ? 1n : 0n, sizeOf(type)));
    return;
  }
  if (isInteger(type)) checkWidth(object, value, object.bits?.count ?? sizeOf(type) * 8);
  writeObject(object, encoded(object.type, described(object, value)));
}

function isInteger(type: CType): boolean {
  return type.kind === 'enumeration' || (type.kind === 'base' && type.encoding !== 'float' && type.encoding !== 'complex');
}

function checkWidth(object: CObject, value: Value, width: number): void {
  const plain = plainOf(value);
  if (plain.kind === 'text') return;
  const whole = asInteger(plain);
  // A register that holds a negative number, or a constant that writes one in hexadecimal.
  const given = BigInt.asUintN(64, whole) === whole ? BigInt.asIntN(64, whole) : whole;
  if (given >= 1n << BigInt(width) || given < -(1n << BigInt(width - 1))) {
    throw new ExpressionError(`${String(given)} does not fit into the ${String(width)} bits of this ${object.bits ? 'bit-field' : 'value'}.`);
  }
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
