/** The value of an expression, where a thread stands. */
import { bytesOfNumber, numberOfBytes } from '../../sim/program/bigEndian.ts';
import { type CType, sizeOf } from '../../sim/program/dwarf/types.ts';
import { floatBits, floatOf } from '../../sim/program/floatBits.ts';
import { type CObject, writeObject } from '../c/object.ts';
import { addressObject, binaryObjects, castTo, dereferenced, encoded, indexed, memberNamed, unaryObject, UNSIGNED_LONG } from '../c/operators.ts';
import { nearest } from '../../sim/program/asm/suggestion.ts';
import { type Expression, ExpressionError, MEMORY_TYPES, type MemoryType, type TypeName } from './expression.ts';
import { binary, unary } from './operators.ts';
import { asInteger, integer, isTrue, truth, type Value } from './value.ts';

const SPU_WORD = 4;

/** Something that has a value and may take another one. */
export interface Place {
  readonly get: () => Value;
  /** Throws `ExpressionError` where the value does not suit. Absent for what cannot be set. */
  readonly set?: (value: Value) => void;
}

/** What names and memory mean at a place in the program. */
export interface Scope {
  /** Undefined where nothing has that name. */
  place(name: string): Place | undefined;
  /** A type of C; undefined where there is none of that name. */
  type(name: TypeName): CType | undefined;
  /** Names of the variables of C that there are; undefined where there is no debug information. */
  variables?(): readonly string[] | undefined;
  readonly wordBytes: 4 | 8;
  /** As many bytes as can be read. */
  read(address: number, bytes: number): Uint8Array;
  /** How many bytes could be written. */
  write(address: number, bytes: Uint8Array): number;
}

/** @throws ExpressionError */
export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'integer': return { kind: 'integer', value: expression.value, bits: 64 };
    case 'float':
    case 'text':
      return expression;
    case 'name':
    case 'memory':
    case 'member':
    case 'index':
      return placeOf(expression, scope).get();
    case 'address': return evaluateAddress(expression.operand, scope);
    case 'cast': return { kind: 'object', object: castTo(typeOf(expression.type, scope), evaluate(expression.operand, scope), scope) };
    case 'size': return sizeIn(expression.of, scope);
    case 'unary': {
      const operand = evaluate(expression.operand, scope);
      return operand.kind === 'object' ? unaryObject(expression.operator, operand.object) : unary(expression.operator, operand);
    }
    case 'binary': return evaluateBinary(expression, scope);
    case 'assign': {
      const target = placeOf(expression.target, scope);
      if (!target.set) throw new ExpressionError('The left side of = cannot be set; registers and memory can.');
      target.set(evaluate(expression.value, scope));
      return placeOf(expression.target, scope).get();
    }
  }
}

/** The register, field, symbol or memory that an expression names. Throws `ExpressionError` for any other. */
function placeOf(expression: Expression, scope: Scope): Place {
  switch (expression.kind) {
    case 'name': {
      if (expression.name === 'none') return { get: () => ({ kind: 'none' }) };
      const place = scope.place(expression.name);
      if (place) return place;
      throw new ExpressionError(unknownName(expression.name, scope.variables?.()));
    }
    case 'memory': {
      const pointer = evaluate(expression.address, scope);
      if (pointer.kind === 'object' && expression.type === undefined) return objectPlace(dereferenced(pointer.object));
      const address = Number(BigInt.asUintN(64, asInteger(pointer)));
      return memoryPlace(scope, address, expression.type ?? { bytes: scope.wordBytes, form: 'unsigned' });
    }
    case 'member': return objectPlace(memberNamed(objectOf(expression.object, scope), expression.name));
    case 'index': {
      const object = objectOf(expression.object, scope);
      return objectPlace(indexed(object, asInteger(evaluate(expression.index, scope))));
    }
    case 'cast': return { get: () => evaluate(expression, scope) };
    default: throw new ExpressionError('Only variables, registers and memory can be set.');
  }
}

function evaluateBinary({ operator, left, right }: Extract<Expression, { kind: 'binary' }>, scope: Scope): Value {
  const first = evaluate(left, scope);
  if (operator === '&&') return truth(isTrue(first) && isTrue(evaluate(right, scope)));
  if (operator === '||') return truth(isTrue(first) || isTrue(evaluate(right, scope)));
  const second = evaluate(right, scope);
  return first.kind === 'object' || second.kind === 'object' ? binaryObjects(operator, first, second) : binary(operator, first, second);
}

/** Of a variable in C the pointer to it; the value of a symbol is its address already, as in assembler. */
function evaluateAddress(operand: Expression, scope: Scope): Value {
  const value = evaluate(operand, scope);
  if (value.kind === 'object') return { kind: 'object', object: addressObject(value.object) };
  return operand.kind === 'memory' ? evaluate(operand.address, scope) : value;
}

function unknownName(name: string, variables: readonly string[] | undefined): string {
  const meant = nearest(name, variables ?? []);
  const kinds = `${variables ? 'no variable, ' : ''}no register, no symbol and no field of a fault`;
  return `Nothing here has the name "${name}": it is ${kinds}. ${meant === undefined ? 'Texts stand in quotation marks.' : `Did you mean "${meant}"?`}`;
}

/** As C has it, an unsigned long. */
function sizeIn(of: Expression | TypeName, scope: Scope): Value {
  return { kind: 'object', object: castTo(UNSIGNED_LONG, integer(BigInt(bytesOf(of, scope))), scope) };
}

function bytesOf(of: Expression | TypeName, scope: Scope): number {
  if (of.kind === 'type') return sizeOf(typeOf(of, scope));
  const value = evaluate(of, scope);
  if (value.kind === 'object') return sizeOf(value.object.type);
  if (value.kind === 'vector') return 16;
  return value.kind === 'integer' ? value.bits / 8 : 8;
}

function typeOf(name: TypeName, scope: Scope): CType {
  const type = scope.type(name);
  if (!type) throw new ExpressionError(`There is no type "${name.name}" here; there are those of the program and ${scalarTypes().join(', ')}.`);
  return type;
}

/** Types that a value may be cast to. */
function scalarTypes(): readonly string[] {
  return Object.entries(MEMORY_TYPES).flatMap(([name, { form }]) => (form === 'vector' ? [] : [name]));
}

function objectOf(expression: Expression, scope: Scope): CObject {
  const value = evaluate(expression, scope);
  if (value.kind !== 'object') throw new ExpressionError('Only variables of a program in C have members and elements.');
  return value.object;
}

/** A variable, member or element as something that can be set. */
export function objectPlace(object: CObject): Place {
  return { get: () => ({ kind: 'object', object }), set: (value) => { writeObject(object, encoded(object.type, value)); } };
}

/** Memory as a value, big-endian as the guest has it. */
function memoryPlace(scope: Pick<Scope, 'read' | 'write' | 'wordBytes'>, address: number, type: MemoryType): Place {
  return {
    get: () => {
      const bytes = scope.read(address, type.bytes);
      if (bytes.length < type.bytes) throw new ExpressionError(`There is no memory to read at 0x${address.toString(16)}.`);
      return decode(bytes, type, scope.wordBytes === SPU_WORD);
    },
    set: (value) => {
      const bytes = encode(value, type);
      if (scope.write(address, bytes) < bytes.length) throw new ExpressionError(`No memory can be written at 0x${address.toString(16)}.`);
    },
  };
}

/** @param preferred The first word of a vector stands for it, as on an SPU. */
function decode(memory: Uint8Array, { bytes, form }: MemoryType, preferred: boolean): Value {
  const value = numberOfBytes(memory);
  if (form === 'float') return { kind: 'float', value: floatOf(value, bytes) };
  if (form === 'vector') return { kind: 'vector', value, preferred };
  const bits = bytes * 8;
  return form === 'signed' ? { kind: 'integer', value, bits, signed: true } : integer(value, bits);
}

function encode(value: Value, { bytes, form }: MemoryType): Uint8Array {
  if (form === 'vector' && value.kind === 'vector') return bytesOfNumber(value.value, bytes);
  if (form !== 'float') return bytesOfNumber(asInteger(value), bytes);
  return bytesOfNumber(floatBits(value.kind === 'float' ? value.value : Number(asInteger(value)), bytes), bytes);
}
