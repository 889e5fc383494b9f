/** The value of an expression, where a thread stands. */
import { bytesOfNumber, numberOfBytes } from '../../sim/program/bigEndian.ts';
import { type CType, sizeOf } from '../../sim/program/dwarf/types.ts';
import { floatBits, floatOf } from '../../sim/program/floatBits.ts';
import { constantObject, INT, numberObject, unaryArithmetic, UNSIGNED_LONG } from '../c/arithmetic.ts';
import type { CMemory, CObject } from '../c/object.ts';
import { addressObject, assign, binaryObjects, castTo, dereferenced, indexed, memberNamed } from '../c/operators.ts';
import { nearest } from '../../sim/program/asm/suggestion.ts';
import { type Expression, ExpressionError, MEMORY_TYPES, type MemoryType, type TypeName } from './expression.ts';
import { binary, unary } from './operators.ts';
import { asInteger, integer, isTrue, plainOf, truth, type Value } from './value.ts';

const SPU_WORD = 4;

/** Something that has a value and may take another one. */
export interface Place {
  readonly get: () => Value;
  /** Throws `ExpressionError` where the value does not suit. Absent for what cannot be set. */
  readonly set?: (value: Value) => void;
}

/** What names and memory mean at a place in the program. */
export interface Scope extends CMemory {
  /** Undefined where nothing has that name. */
  place(name: string): Place | undefined;
  /** A type of C; undefined where there is none of that name. */
  type(name: TypeName): CType | undefined;
  /** Names of the variables of C that there are; undefined where there is no debug information. */
  variables?(): readonly string[] | undefined;
  /** Whether arithmetic is that of C: in a frame with debug information. */
  hasTypes?(): boolean;
  readonly wordBytes: 4 | 8;
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
      const operand = operandIn(expression.operand, scope);
      return operand.kind === 'object' ? { kind: 'object', object: unaryArithmetic(expression.operator, operand.object) } : unary(expression.operator, operand);
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
      const pointer = addressIn(expression.address, scope);
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

/** The value of an address: one that is made of constants alone is a number of the machine, as wide as its registers. Throws `ExpressionError`. */
export function addressIn(expression: Expression, scope: Scope): Value {
  return evaluate(expression, isConstant(expression) ? { ...scope, hasTypes: () => false } : scope);
}

/** Made of numbers and operators alone. */
function isConstant(expression: Expression): boolean {
  switch (expression.kind) {
    case 'integer':
    case 'float':
      return true;
    case 'unary': return isConstant(expression.operand);
    case 'binary': return isConstant(expression.left) && isConstant(expression.right);
    default: return false;
  }
}

/** One side of an operator: in C, constants have types. A constant by itself has none, since it may be an address. */
function operandIn(expression: Expression, scope: Scope): Value {
  if (expression.kind !== 'integer' || scope.hasTypes?.() !== true) return evaluate(expression, scope);
  return { kind: 'object', object: constantObject(expression.value, expression.isDecimal, scope) };
}

function evaluateBinary({ operator, left, right }: Extract<Expression, { kind: 'binary' }>, scope: Scope): Value {
  const first = operandIn(left, scope);
  if (operator === '&&') return truthIn(isTrue(first) && isTrue(evaluate(right, scope)), scope);
  if (operator === '||') return truthIn(isTrue(first) || isTrue(evaluate(right, scope)), scope);
  const second = operandIn(right, scope);
  return isOfC(first, left, second, right, scope) ? binaryObjects(operator, first, second, scope) : binary(operator, plainOf(first), plainOf(second));
}

/** Constants go with what they meet: a register and a constant are numbers of the machine, two constants of C. */
function isOfC(first: Value, left: Expression, second: Value, right: Expression, scope: Scope): boolean {
  const isVariable = (value: Value, expression: Expression): boolean => value.kind === 'object' && !isConstant(expression);
  if (isVariable(first, left) || isVariable(second, right)) return true;
  return isConstant(left) && isConstant(right) && scope.hasTypes?.() === true;
}

function truthIn(value: boolean, scope: Scope): Value {
  return scope.hasTypes?.() === true ? { kind: 'object', object: numberObject(INT, value ? 1n : 0n, scope) } : truth(value);
}

/** Of a variable in C the pointer to it; the value of a symbol is its address already, as in assembler. */
function evaluateAddress(operand: Expression, scope: Scope): Value {
  const value = evaluate(operand, scope);
  if (value.kind === 'object') return { kind: 'object', object: addressObject(value.object) };
  return operand.kind === 'memory' ? addressIn(operand.address, scope) : value;
}

function unknownName(name: string, variables: readonly string[] | undefined): string {
  const meant = nearest(name, variables ?? []);
  const kinds = `${variables ? 'no variable, ' : ''}no register, no symbol and no field of a fault`;
  return `Nothing here has the name "${name}": it is ${kinds}. ${meant === undefined ? 'Texts stand in quotation marks.' : `Did you mean "${meant}"?`}`;
}

/** As C has it, an unsigned long. */
function sizeIn(of: Expression | TypeName, scope: Scope): Value {
  return { kind: 'object', object: numberObject(UNSIGNED_LONG, BigInt(bytesOf(of, scope)), scope) };
}

function bytesOf(of: Expression | TypeName, scope: Scope): number {
  if (of.kind === 'type') return sizeOf(typeOf(of, scope));
  const value = operandIn(of, scope);
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
  return { get: () => ({ kind: 'object', object }), set: (value) => { assign(object, value); } };
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
  const given = plainOf(value);
  return bytesOfNumber(floatBits(given.kind === 'float' ? given.value : Number(asInteger(given)), bytes), bytes);
}
