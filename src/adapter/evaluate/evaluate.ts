/** The value of an expression, where a thread stands. */
import { type Expression, ExpressionError, type MemoryType } from './expression.ts';
import { binary, unary } from './operators.ts';
import { asInteger, integer, isTrue, truth, type Value } from './value.ts';

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
      return placeOf(expression, scope).get();
    case 'unary': return unary(expression.operator, evaluate(expression.operand, scope));
    case 'binary': return evaluateBinary(expression, scope);
    case 'assign': {
      const target = placeOf(expression.target, scope);
      if (!target.set) throw new ExpressionError('The left side of = cannot be set; registers and memory can.');
      target.set(evaluate(expression.value, scope));
      return target.get();
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
      throw new ExpressionError(`Nothing here has the name "${expression.name}": it is no register, no symbol and no field of a fault. Texts stand in quotation marks.`);
    }
    case 'memory': {
      const address = Number(BigInt.asUintN(64, asInteger(evaluate(expression.address, scope))));
      return memoryPlace(scope, address, expression.type ?? { bytes: scope.wordBytes, form: 'unsigned' });
    }
    default: throw new ExpressionError('Only registers and memory can be set.');
  }
}

function evaluateBinary({ operator, left, right }: Extract<Expression, { kind: 'binary' }>, scope: Scope): Value {
  const first = evaluate(left, scope);
  if (operator === '&&') return truth(isTrue(first) && isTrue(evaluate(right, scope)));
  if (operator === '||') return truth(isTrue(first) || isTrue(evaluate(right, scope)));
  return binary(operator, first, evaluate(right, scope));
}

/** Memory as a value, big-endian as the guest has it. */
function memoryPlace(scope: Pick<Scope, 'read' | 'write'>, address: number, type: MemoryType): Place {
  return {
    get: () => {
      const bytes = scope.read(address, type.bytes);
      if (bytes.length < type.bytes) throw new ExpressionError(`There is no memory to read at 0x${address.toString(16)}.`);
      return decode(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), type);
    },
    set: (value) => {
      const bytes = encode(value, type);
      if (scope.write(address, bytes) < bytes.length) throw new ExpressionError(`No memory can be written at 0x${address.toString(16)}.`);
    },
  };
}

function decode(view: DataView, { bytes, form }: MemoryType): Value {
  if (form === 'float') return { kind: 'float', value: bytes === 4 ? view.getFloat32(0) : view.getFloat64(0) };
  let value = 0n;
  for (let i = 0; i < bytes; i += 1) value = (value << 8n) | BigInt(view.getUint8(i));
  const bits = bytes * 8;
  return form === 'signed' ? { kind: 'integer', value, bits, signed: true } : integer(value, bits);
}

function encode(value: Value, { bytes, form }: MemoryType): Uint8Array {
  const encoded = new Uint8Array(bytes);
  const view = new DataView(encoded.buffer);
  if (form === 'float') {
    const number = value.kind === 'float' ? value.value : Number(asInteger(value));
    if (bytes === 4) view.setFloat32(0, number);
    else view.setFloat64(0, number);
    return encoded;
  }
  let rest = asInteger(value);
  for (let i = bytes - 1; i >= 0; i -= 1) {
    encoded[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return encoded;
}
