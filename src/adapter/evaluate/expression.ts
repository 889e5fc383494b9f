/** Expressions of the debugger, as trees. The grammar is in docs/adapter.md. */

/** How memory is read: `u8` to `u64`, `s8` to `s64`, `f32`, `f64`, and `u128` as a vector register has it. */
export interface MemoryType {
  readonly bytes: number;
  readonly form: 'unsigned' | 'signed' | 'float' | 'vector';
}

export type UnaryOperator = '-' | '~' | '!';
export type BinaryOperator =
  | '||' | '&&' | '|' | '^' | '&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '<<' | '>>' | '+' | '-' | '*' | '/' | '%';

export type Expression =
  | { readonly kind: 'integer'; readonly value: bigint; readonly isDecimal: boolean }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression }
  /** Memory at an address; without a type, as wide as the processor's words. */
  | { readonly kind: 'memory'; readonly address: Expression; readonly type: MemoryType | undefined }
  | { readonly kind: 'address'; readonly operand: Expression }
  | { readonly kind: 'member'; readonly object: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly object: Expression; readonly index: Expression }
  | { readonly kind: 'cast'; readonly type: TypeName; readonly operand: Expression }
  | { readonly kind: 'size'; readonly of: Expression | TypeName }
  | { readonly kind: 'assign'; readonly target: Expression; readonly value: Expression };

/** A type of C as it was written: `struct point` and how many stars follow. */
export interface TypeName {
  readonly kind: 'type';
  readonly name: string;
  readonly stars: number;
}

/** An expression that cannot be read, or has no value. The message is a sentence for the user. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

export const MEMORY_TYPES: Readonly<Record<string, MemoryType>> = {
  u8: { bytes: 1, form: 'unsigned' }, u16: { bytes: 2, form: 'unsigned' }, u32: { bytes: 4, form: 'unsigned' }, u64: { bytes: 8, form: 'unsigned' },
  s8: { bytes: 1, form: 'signed' }, s16: { bytes: 2, form: 'signed' }, s32: { bytes: 4, form: 'signed' }, s64: { bytes: 8, form: 'signed' },
  f32: { bytes: 4, form: 'float' }, f64: { bytes: 8, form: 'float' }, u128: { bytes: 16, form: 'vector' },
};

/** Unsigned memory of a number of bytes, or undefined where there is no such type. */
export function unsignedType(bytes: bigint): MemoryType | undefined {
  return Object.values(MEMORY_TYPES).find((type) => type.form === 'unsigned' && BigInt(type.bytes) === bytes);
}
