/** A value of a program in C: its type, and where it is. */
import { bytesOfNumber, numberOfBytes } from '../../sim/program/bigEndian.ts';
import { type CType, type Member, sizeOf, stripped } from '../../sim/program/dwarf/types.ts';
import { floatOf } from '../../sim/program/floatBits.ts';
import { ExpressionError } from '../evaluate/expression.ts';

export interface CMemory {
  /** As many bytes as can be read. */
  read(address: number, bytes: number): Uint8Array;
  /** How many bytes could be written. */
  write(address: number, bytes: Uint8Array): number;
  /** Where the descriptor of a function is whose code begins at `code`; undefined where none is known. */
  descriptorOf?(code: number): number | undefined;
}

export type Storage =
  | { readonly kind: 'memory'; readonly address: number }
  /** In registers, or computed. The bits of `kept` are 0 where the compiler kept nothing. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly kept?: Uint8Array; readonly write?: (bytes: Uint8Array) => void }
  /** A pointer that was optimised away, to something that is known. */
  | { readonly kind: 'pointer'; readonly target: () => CObject }
  | { readonly kind: 'optimizedOut' }
  /** A sentence about why there is no value. */
  | { readonly kind: 'broken'; readonly reason: string };

export interface CObject {
  readonly type: CType;
  readonly storage: Storage;
  readonly memory: CMemory;
  /** Of a bit-field: from the most significant bit of the first byte. */
  readonly bits?: { readonly start: number; readonly count: number };
}

/** Structures without names in each other; one in itself comes from a damaged file. */
export const DEEPEST_UNNAMED = 20;

const OPTIMIZED_OUT = '<optimized out>';

export type Contents = { readonly bytes: Uint8Array } | { readonly missing: string };

/** The bytes of an object, or why there are none, as values show it. */
export function contentsOf(object: CObject): Contents {
  const { storage, type, memory, bits } = object;
  const size = bits ? Math.ceil((bits.start + bits.count) / 8) : sizeOf(type);
  switch (storage.kind) {
    case 'memory': {
      const bytes = memory.read(storage.address, size);
      return bytes.length < size ? { missing: `<no memory at 0x${storage.address.toString(16)}>` } : { bytes };
    }
    case 'bytes':
      if (storage.kept && !isKept(storage.kept.subarray(0, size), bits)) return { missing: OPTIMIZED_OUT };
      return storage.bytes.length < size ? { missing: OPTIMIZED_OUT } : { bytes: storage.bytes.subarray(0, size) };
    case 'pointer': return { missing: '<synthetic pointer>' };
    case 'optimizedOut': return { missing: OPTIMIZED_OUT };
    case 'broken': return { missing: `<${storage.reason}>` };
  }
}

function isKept(kept: Uint8Array, bits: CObject['bits']): boolean {
  if (!bits) return kept.every((byte) => byte === 0xff);
  const mask = ((1n << BigInt(bits.count)) - 1n) << BigInt(kept.length * 8 - bits.start - bits.count);
  return kept.length * 8 >= bits.start + bits.count && (numberOfBytes(kept) & mask) === mask;
}

/** An integer, the bits of a bit-field among them; undefined where there is none. */
export function integerOf(object: CObject): bigint | undefined {
  const contents = contentsOf(object);
  if ('missing' in contents) return undefined;
  const whole = numberOfBytes(contents.bytes);
  const { bits } = object;
  const width = bits ? bits.count : contents.bytes.length * 8;
  const value = bits ? BigInt.asUintN(width, whole >> BigInt(contents.bytes.length * 8 - bits.start - bits.count)) : whole;
  return isSigned(object.type) ? BigInt.asIntN(width, value) : value;
}

export function floatValueOf(object: CObject): number | undefined {
  const contents = contentsOf(object);
  return 'missing' in contents ? undefined : floatOfBytes(contents.bytes);
}

/** Undefined where no float of the ABI has so many bytes. */
export function floatOfBytes(bytes: Uint8Array): number | undefined {
  switch (bytes.length) {
    case 4:
    case 8:
      return floatOf(numberOfBytes(bytes), bytes.length);
    // The ABI's long double: the sum of two doubles (64-bit PowerPC ELF ABI, 3.1.4).
    case 16: return floatOf(numberOfBytes(bytes.subarray(0, 8)), 8) + floatOf(numberOfBytes(bytes.subarray(8)), 8);
    default: return undefined;
  }
}

export function isSigned(type: CType): boolean {
  const plain = stripped(type);
  if (plain.kind === 'enumeration') return plain.isSigned;
  return plain.kind === 'base' && (plain.encoding === 'signed' || plain.encoding === 'character');
}

export function memberOf(object: CObject, { type, offset, bits }: Member): CObject {
  return { type, storage: storageAt(object.storage, offset), memory: object.memory, ...(bits ? { bits } : {}) };
}

export function elementOf(object: CObject, element: CType, index: number): CObject {
  return { type: element, storage: storageAt(object.storage, index * sizeOf(element)), memory: object.memory };
}

/** What a pointer points to; undefined where the pointer has no value. */
export function pointedTo(object: CObject): CObject | undefined {
  const plain = stripped(object.type);
  if (plain.kind !== 'pointer') return undefined;
  if (object.storage.kind === 'pointer') return object.storage.target();
  const address = integerOf(object);
  return address === undefined ? undefined : { type: plain.to(), storage: { kind: 'memory', address: Number(address) }, memory: object.memory };
}

/** Writes the bytes of an object, or of its bit-field. Throws `ExpressionError` where it cannot be. */
export function writeObject(object: CObject, bytes: Uint8Array): void {
  const { storage, memory } = object;
  const whole = object.bits ? withBits(object, bytes, object.bits) : bytes;
  switch (storage.kind) {
    case 'memory':
      if (memory.write(storage.address, whole) < whole.length) throw new ExpressionError(`No memory can be written at 0x${storage.address.toString(16)}.`);
      return;
    case 'bytes':
      if (!storage.write) throw new ExpressionError('This value was computed; there is nothing to set.');
      storage.write(whole);
      return;
    default: throw new ExpressionError('The compiler keeps no place for this value here, so it cannot be set.');
  }
}

function withBits(object: CObject, bytes: Uint8Array, { start, count }: { readonly start: number; readonly count: number }): Uint8Array {
  const contents = contentsOf(object);
  if ('missing' in contents) throw new ExpressionError('The compiler keeps no place for this value here, so it cannot be set.');
  const shift = BigInt(contents.bytes.length * 8 - start - count);
  const mask = ((1n << BigInt(count)) - 1n) << shift;
  const old = numberOfBytes(contents.bytes);
  const given = numberOfBytes(bytes);
  return bytesOfNumber((old & ~mask) | ((given << shift) & mask), contents.bytes.length);
}

function storageAt(storage: Storage, offset: number): Storage {
  switch (storage.kind) {
    case 'memory': return { kind: 'memory', address: storage.address + offset };
    case 'bytes': {
      const { bytes, kept, write } = storage;
      return {
        kind: 'bytes', bytes: bytes.subarray(offset), ...(kept ? { kept: kept.subarray(offset) } : {}),
        ...(write ? { write: (part: Uint8Array) => { write(replaced(bytes, part, offset)); } } : {}),
      };
    }
    case 'pointer': return { kind: 'optimizedOut' };
    default: return storage;
  }
}

function replaced(bytes: Uint8Array, part: Uint8Array, offset: number): Uint8Array {
  const whole = bytes.slice();
  whole.set(part.subarray(0, Math.max(whole.length - offset, 0)), offset);
  return whole;
}
