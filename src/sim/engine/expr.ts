/**
 * Typed expressions: the words that instruction meanings are written with. Every method
 * makes a tree and evaluates nothing; an expression that is used twice is computed twice,
 * so meanings name shared values with `Builder.let`.
 *
 * 128-bit values are kept byte-reversed (guest byte k is lane 15-k, guest word i is
 * 32-bit lane 3-i), so that lane arithmetic works in the host's byte order. Lane numbers
 * in this file are WebAssembly's.
 */
import type { Node, ValueType } from './node.ts';

const SIMD = 0xfd0000;

function op(type: ValueType, opcode: number, args: readonly Node[], lanes?: readonly number[]): Node {
  return lanes ? { kind: 'op', type, opcode, args, lanes } : { kind: 'op', type, opcode, args };
}

/** An operand that may be written as a plain number. */
export type I32Like = I32 | number;
export type I64Like = I64 | number | bigint;

export function i32(value: I32Like): I32 {
  return typeof value === 'number' ? new I32({ kind: 'const', type: 'i32', value: value | 0 }) : value;
}

export function i64(value: I64Like): I64 {
  if (value instanceof I64) return value;
  return new I64({ kind: 'const', type: 'i64', value: BigInt.asIntN(64, BigInt(value)) });
}

export function f64(value: number): F64 {
  return new F64({ kind: 'const', type: 'f64', value });
}

/** A 128-bit constant from 16 bytes in wasm lane order. */
export function v128(bytes: readonly number[]): V128 {
  if (bytes.length !== 16) throw new RangeError(`A v128 constant has 16 bytes; this one has ${String(bytes.length)}.`);
  return new V128({ kind: 'const', type: 'v128', bytes });
}

/** Picks between two values of one type; both are evaluated. */
export function select<T extends Expr>(condition: I32Like, yes: T, no: T): T {
  return wrap(yes, { kind: 'select', type: yes.node.type, condition: i32(condition).node, yes: yes.node, no: no.node });
}

function wrap<T extends Expr>(like: T, node: Node): T {
  return like.make(node) as T;
}

/** What all expressions share: a tree. */
export abstract class Expr {
  constructor(readonly node: Node) {}
  /** An expression of the same type over another tree. */
  abstract make(node: Node): Expr;
}

export class I32 extends Expr {
  override make(node: Node): I32 { return new I32(node); }
  private two(opcode: number, other: I32Like): I32 { return new I32(op('i32', opcode, [this.node, i32(other).node])); }
  private one(opcode: number): I32 { return new I32(op('i32', opcode, [this.node])); }

  plus(o: I32Like): I32 { return this.two(0x6a, o); }
  minus(o: I32Like): I32 { return this.two(0x6b, o); }
  times(o: I32Like): I32 { return this.two(0x6c, o); }
  /** Traps the host on a zero divisor and on overflow: guard both. */
  divS(o: I32Like): I32 { return this.two(0x6d, o); }
  divU(o: I32Like): I32 { return this.two(0x6e, o); }
  and(o: I32Like): I32 { return this.two(0x71, o); }
  or(o: I32Like): I32 { return this.two(0x72, o); }
  xor(o: I32Like): I32 { return this.two(0x73, o); }
  shl(o: I32Like): I32 { return this.two(0x74, o); }
  shrS(o: I32Like): I32 { return this.two(0x75, o); }
  shrU(o: I32Like): I32 { return this.two(0x76, o); }
  rotl(o: I32Like): I32 { return this.two(0x77, o); }
  eq(o: I32Like): I32 { return this.two(0x46, o); }
  ne(o: I32Like): I32 { return this.two(0x47, o); }
  ltS(o: I32Like): I32 { return this.two(0x48, o); }
  ltU(o: I32Like): I32 { return this.two(0x49, o); }
  gtS(o: I32Like): I32 { return this.two(0x4a, o); }
  gtU(o: I32Like): I32 { return this.two(0x4b, o); }
  leS(o: I32Like): I32 { return this.two(0x4c, o); }
  leU(o: I32Like): I32 { return this.two(0x4d, o); }
  geS(o: I32Like): I32 { return this.two(0x4e, o); }
  geU(o: I32Like): I32 { return this.two(0x4f, o); }
  eqz(): I32 { return this.one(0x45); }
  clz(): I32 { return this.one(0x67); }
  ctz(): I32 { return this.one(0x68); }
  popcnt(): I32 { return this.one(0x69); }
  not(): I32 { return this.xor(-1); }
  neg(): I32 { return i32(0).minus(this); }
  signExtend8(): I32 { return this.one(0xc0); }
  signExtend16(): I32 { return this.one(0xc1); }
  extendS(): I64 { return new I64(op('i64', 0xac, [this.node])); }
  extendU(): I64 { return new I64(op('i64', 0xad, [this.node])); }
  asF32(): F32 { return new F32(op('f32', 0xbe, [this.node])); }
  toF64S(): F64 { return new F64(op('f64', 0xb7, [this.node])); }
  toF64U(): F64 { return new F64(op('f64', 0xb8, [this.node])); }
  splat8(): V128 { return new V128(op('v128', SIMD | 15, [this.node])); }
  splat16(): V128 { return new V128(op('v128', SIMD | 16, [this.node])); }
  splat32(): V128 { return new V128(op('v128', SIMD | 17, [this.node])); }
}

export class I64 extends Expr {
  override make(node: Node): I64 { return new I64(node); }
  private two(opcode: number, other: I64Like): I64 { return new I64(op('i64', opcode, [this.node, i64(other).node])); }
  private one(opcode: number): I64 { return new I64(op('i64', opcode, [this.node])); }
  private test(opcode: number, other: I64Like): I32 { return new I32(op('i32', opcode, [this.node, i64(other).node])); }

  plus(o: I64Like): I64 { return this.two(0x7c, o); }
  minus(o: I64Like): I64 { return this.two(0x7d, o); }
  times(o: I64Like): I64 { return this.two(0x7e, o); }
  /** Traps the host on a zero divisor and on overflow: guard both. */
  divS(o: I64Like): I64 { return this.two(0x7f, o); }
  divU(o: I64Like): I64 { return this.two(0x80, o); }
  and(o: I64Like): I64 { return this.two(0x83, o); }
  or(o: I64Like): I64 { return this.two(0x84, o); }
  xor(o: I64Like): I64 { return this.two(0x85, o); }
  shl(o: I64Like): I64 { return this.two(0x86, o); }
  shrS(o: I64Like): I64 { return this.two(0x87, o); }
  shrU(o: I64Like): I64 { return this.two(0x88, o); }
  rotl(o: I64Like): I64 { return this.two(0x89, o); }
  eq(o: I64Like): I32 { return this.test(0x51, o); }
  ne(o: I64Like): I32 { return this.test(0x52, o); }
  ltS(o: I64Like): I32 { return this.test(0x53, o); }
  ltU(o: I64Like): I32 { return this.test(0x54, o); }
  gtS(o: I64Like): I32 { return this.test(0x55, o); }
  gtU(o: I64Like): I32 { return this.test(0x56, o); }
  leS(o: I64Like): I32 { return this.test(0x57, o); }
  leU(o: I64Like): I32 { return this.test(0x58, o); }
  geS(o: I64Like): I32 { return this.test(0x59, o); }
  geU(o: I64Like): I32 { return this.test(0x5a, o); }
  eqz(): I32 { return new I32(op('i32', 0x50, [this.node])); }
  clz(): I64 { return this.one(0x79); }
  ctz(): I64 { return this.one(0x7a); }
  popcnt(): I64 { return this.one(0x7b); }
  not(): I64 { return this.xor(-1n); }
  neg(): I64 { return i64(0n).minus(this); }
  signExtend8(): I64 { return this.one(0xc2); }
  signExtend16(): I64 { return this.one(0xc3); }
  signExtend32(): I64 { return this.one(0xc4); }
  /** The low 32 bits, zero-extended. */
  zeroExtend32(): I64 { return this.and(0xffffffffn); }
  toI32(): I32 { return new I32(op('i32', 0xa7, [this.node])); }
  asF64(): F64 { return new F64(op('f64', 0xbf, [this.node])); }
  /** Rounds to nearest even. */
  toF64S(): F64 { return new F64(op('f64', 0xb9, [this.node])); }
  splat64(): V128 { return new V128(op('v128', SIMD | 18, [this.node])); }
}

export class F32 extends Expr {
  override make(node: Node): F32 { return new F32(node); }
  asI32(): I32 { return new I32(op('i32', 0xbc, [this.node])); }
  /** Quiets a signalling NaN. */
  promote(): F64 { return new F64(op('f64', 0xbb, [this.node])); }
}

export class F64 extends Expr {
  override make(node: Node): F64 { return new F64(node); }
  private two(opcode: number, other: F64): F64 { return new F64(op('f64', opcode, [this.node, other.node])); }
  private test(opcode: number, other: F64): I32 { return new I32(op('i32', opcode, [this.node, other.node])); }
  plus(o: F64): F64 { return this.two(0xa0, o); }
  minus(o: F64): F64 { return this.two(0xa1, o); }
  times(o: F64): F64 { return this.two(0xa2, o); }
  over(o: F64): F64 { return this.two(0xa3, o); }
  sqrt(): F64 { return new F64(op('f64', 0x9f, [this.node])); }
  neg(): F64 { return new F64(op('f64', 0x9a, [this.node])); }
  abs(): F64 { return new F64(op('f64', 0x99, [this.node])); }
  /** The nearest integer, even of two that are equally near. */
  nearest(): F64 { return new F64(op('f64', 0x9e, [this.node])); }
  truncate(): F64 { return new F64(op('f64', 0x9d, [this.node])); }
  /** Traps the host on a NaN and on what does not fit: guard both. */
  toI64S(): I64 { return new I64(op('i64', 0xb0, [this.node])); }
  eq(o: F64): I32 { return this.test(0x61, o); }
  ne(o: F64): I32 { return this.test(0x62, o); }
  lt(o: F64): I32 { return this.test(0x63, o); }
  gt(o: F64): I32 { return this.test(0x64, o); }
  asI64(): I64 { return new I64(op('i64', 0xbd, [this.node])); }
  /** Rounds to nearest even; quiets a signalling NaN. */
  demote(): F32 { return new F32(op('f32', 0xb6, [this.node])); }
}

/** A 128-bit value. Method names end in the lane shape they work on: 8x16, 16x8, 32x4, 64x2. */
export class V128 extends Expr {
  override make(node: Node): V128 { return new V128(node); }
  /** Any WebAssembly SIMD operation v128 x ... -> v128 by its sub-opcode (SIMD proposal, "opcode" column). */
  simd(sub: number, ...others: readonly (V128 | I32)[]): V128 {
    return new V128(op('v128', SIMD | sub, [this.node, ...others.map((o) => o.node)]));
  }
  /** Any WebAssembly SIMD operation v128 x ... -> i32 (`bitmask`, `all_true`, `any_true`). */
  simdTest(sub: number): I32 { return new I32(op('i32', SIMD | sub, [this.node])); }

  and(o: V128): V128 { return this.simd(78, o); }
  andNot(o: V128): V128 { return this.simd(79, o); }
  or(o: V128): V128 { return this.simd(80, o); }
  xor(o: V128): V128 { return this.simd(81, o); }
  not(): V128 { return this.simd(77); }
  /** Bits of `this` where `mask` is 1, bits of `other` where it is 0. */
  bitSelect(other: V128, mask: V128): V128 { return this.simd(82, other, mask); }
  anyTrue(): I32 { return this.simdTest(83); }
  /** Bytes of `this` picked by the bytes of `index`; an index of 16 or more gives 0. */
  swizzle(index: V128): V128 { return this.simd(14, index); }
  /** 16 constant lane numbers: 0-15 pick from `this`, 16-31 from `other`. */
  shuffle(other: V128, lanes: readonly number[]): V128 {
    return new V128(op('v128', SIMD | 13, [this.node, other.node], lanes));
  }
  lane8U(lane: number): I32 { return new I32(op('i32', SIMD | 22, [this.node], [lane])); }
  lane16U(lane: number): I32 { return new I32(op('i32', SIMD | 25, [this.node], [lane])); }
  lane16S(lane: number): I32 { return new I32(op('i32', SIMD | 24, [this.node], [lane])); }
  lane32(lane: number): I32 { return new I32(op('i32', SIMD | 27, [this.node], [lane])); }
  lane64(lane: number): I64 { return new I64(op('i64', SIMD | 29, [this.node], [lane])); }
  withLane8(lane: number, value: I32): V128 { return new V128(op('v128', SIMD | 23, [this.node, value.node], [lane])); }
  withLane16(lane: number, value: I32): V128 { return new V128(op('v128', SIMD | 26, [this.node, value.node], [lane])); }
  withLane32(lane: number, value: I32): V128 { return new V128(op('v128', SIMD | 28, [this.node, value.node], [lane])); }
  withLane64(lane: number, value: I64): V128 { return new V128(op('v128', SIMD | 30, [this.node, value.node], [lane])); }
}
