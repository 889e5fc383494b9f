/** Values of expressions. */
import type { CObject } from '../c/object.ts';
import { plainValue } from '../c/plain.ts';
import { ExpressionError } from './expression.ts';

export type Value =
  /** `bits` is how wide it is where it comes from; results of arithmetic have 64. */
  | { readonly kind: 'integer'; readonly value: bigint; readonly bits: number; readonly signed?: boolean }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  /** A whole vector register; in arithmetic it counts as its preferred word on an SPU. */
  | { readonly kind: 'vector'; readonly value: bigint; readonly preferred: boolean }
  /** A value of a program in C, with its type. */
  | { readonly kind: 'object'; readonly object: CObject }
  /** A field that does not apply. */
  | { readonly kind: 'none' };

const WORD = 64;

export function integer(value: bigint, bits = WORD): Value {
  return { kind: 'integer', value: BigInt.asUintN(bits, value), bits };
}

export function truth(value: boolean): Value {
  return integer(value ? 1n : 0n);
}

export function isTrue(value: Value): boolean {
  switch (value.kind) {
    case 'integer':
    case 'vector':
      return value.value !== 0n;
    case 'float': return value.value !== 0;
    case 'text': return value.value !== '';
    case 'object': return isTrue(plainValue(value.object));
    case 'none': return false;
  }
}

/** Values of C as numbers. */
export function plainOf(value: Value): Exclude<Value, { kind: 'object' }> {
  return value.kind === 'object' ? plainValue(value.object) : value;
}

/** As an integer, signed where it was read so. Throws `ExpressionError` for what is none. */
export function asInteger(value: Value): bigint {
  switch (value.kind) {
    case 'integer': return value.signed === true ? BigInt.asIntN(value.bits, value.value) : value.value;
    case 'float': return BigInt(Number.isFinite(value.value) ? Math.trunc(value.value) : 0);
    case 'vector':
      if (value.preferred) return value.value >> 96n;
      throw new ExpressionError('A vector register has 128 bits; take a part of it, such as v3.w0 or v3.d1.');
    case 'text': throw new ExpressionError(`"${value.value}" is a text, not a number.`);
    case 'object': return asInteger(plainValue(value.object));
    case 'none': throw new ExpressionError('A field that does not apply here has no number; compare it with none.');
  }
}
