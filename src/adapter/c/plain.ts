/** What a value of C is in an expression: a number, or an address. */
import { stripped } from '../../sim/program/dwarf/types.ts';
import { ExpressionError } from '../evaluate/expression.ts';
import { type CObject, contentsOf, floatValueOf, integerOf, isSigned } from './object.ts';

export type PlainValue =
  | { readonly kind: 'integer'; readonly value: bigint; readonly bits: number; readonly signed: boolean }
  | { readonly kind: 'float'; readonly value: number };

/** A number or an address, without its type. Throws `ExpressionError` for what is neither. */
export function plainValue(object: CObject): PlainValue {
  const plain = stripped(object.type);
  if (plain.kind === 'array' || plain.kind === 'function') return { kind: 'integer', value: BigInt(addressOf(object)), bits: 64, signed: false };
  if (plain.kind === 'structure') throw new ExpressionError('A structure is no number; name one of its members.');
  const contents = contentsOf(object);
  if ('missing' in contents) throw new ExpressionError(`The value is not known here: ${contents.missing.replace(/^<|>$/g, '')}.`);
  if (plain.kind === 'base' && plain.encoding === 'float') return { kind: 'float', value: floatValueOf(object) ?? 0 };
  const value = integerOf(object) ?? 0n;
  const bits = contents.bytes.length * 8;
  return { kind: 'integer', value: BigInt.asUintN(bits, value), bits, signed: isSigned(object.type) };
}

/** Where an object is in memory. Throws `ExpressionError` where it is in none. */
export function addressOf({ storage, bits }: CObject): number {
  if (bits) throw new ExpressionError('A bit-field has no address.');
  if (storage.kind !== 'memory') throw new ExpressionError('The compiler keeps this value in no memory here, so it has no address.');
  return storage.address;
}
