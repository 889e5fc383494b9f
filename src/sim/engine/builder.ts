/**
 * What an instruction meaning does, one statement after the other. Each instruction set
 * extends a builder with its own state registers (`ppe/builder.ts`, `spe/builder.ts`).
 */
import { type Expr, F32, F64, I32, type I32Like, I64, type I64Like, V128, i32, i64 } from './expr.ts';
import type { CellPlace, CellType, Node, Slot, Statement, ValueType } from './node.ts';

/** A register or state cell: reads like an expression, and can be set. */
export interface Settable<T extends Expr> {
  /** Assigns; the value is evaluated first, then stored. */
  set(value: T): void;
}
export type I32Cell = I32 & Settable<I32>;
export type I64Cell = I64 & Settable<I64>;
export type F64Cell = F64 & Settable<F64>;
export type V128Cell = V128 & Settable<V128>;

/** Collects the statements of one meaning. */
export class Builder {
  /** Types of the locals that this meaning declared, by index. */
  readonly locals: ValueType[] = [];
  private block: Statement[] = [];

  /** The statements so far, in order. */
  get statements(): readonly Statement[] {
    return this.block;
  }

  /** Evaluates once, here; the result can be used any number of times. */
  let<T extends Expr>(value: T): T {
    const local = this.newLocal(value.node.type);
    this.push({ kind: 'let', local, type: value.node.type, value: value.node });
    return value.make({ kind: 'local', type: value.node.type, index: local }) as T;
  }

  if(condition: I32, then: () => void, otherwise?: () => void): void {
    this.push({
      kind: 'if',
      condition: condition.node,
      then: this.collect(then),
      otherwise: otherwise ? this.collect(otherwise) : [],
    });
  }

  /** A decode-time constant of 32 bits computed from the instruction word. */
  constant32(name: string, of: (word: number) => number): I32 {
    return new I32({ kind: 'slot', type: 'i32', slot: { name, width: 4, of } });
  }

  /** A decode-time constant of 64 bits computed from the instruction word. */
  constant64(name: string, of: (word: number) => bigint): I64 {
    return new I64({ kind: 'slot', type: 'i64', slot: { name, width: 8, of } });
  }

  /** An unsigned decode-time constant that fits a byte (a shift count, a lane, a channel). */
  constant8(name: string, of: (word: number) => number): I32 {
    return new I32({ kind: 'slot', type: 'i32', slot: { name, width: 1, of } });
  }

  cell8(place: CellPlace): I32Cell { return this.cellOf(new I32(read('i32', 'u8', place)), 'u8', place); }
  cell16(place: CellPlace): I32Cell { return this.cellOf(new I32(read('i32', 'u16', place)), 'u16', place); }
  cell32(place: CellPlace): I32Cell { return this.cellOf(new I32(read('i32', 'i32', place)), 'i32', place); }
  cell64(place: CellPlace): I64Cell { return this.cellOf(new I64(read('i64', 'i64', place)), 'i64', place); }
  cellF64(place: CellPlace): F64Cell { return this.cellOf(new F64(read('f64', 'f64', place)), 'f64', place); }
  cell128(place: CellPlace): V128Cell { return this.cellOf(new V128(read('v128', 'v128', place)), 'v128', place); }
  /** A single-precision view of a cell, for moves that must not change bits. */
  cellF32(place: CellPlace): F32 { return new F32(read('f32', 'f32', place)); }

  /** Address of the current instruction. */
  pc(): I64 { return new I64({ kind: 'pc', type: 'i64' }); }
  /** Instructions completed in this run before the current one (for time bases and decrementers). */
  elapsed(): I32 { return new I32({ kind: 'elapsed', type: 'i32' }); }

  /** Branches to `pc + displacement`. Ends the meaning on this path. */
  jumpBy(displacement: Slot): void { this.push({ kind: 'jumpBy', displacement }); }
  /** Branches to a computed address. Ends the meaning on this path. */
  jumpTo(target: I64Like): void { this.push({ kind: 'jumpTo', target: i64(target).node }); }
  /** Leaves the engine with the current instruction not done: it will be current again. */
  exit(code: I32Like): void { this.push({ kind: 'exit', code: i32(code).node, advance: false }); }
  /** Leaves the engine after the current instruction; it is complete and counts. */
  exitAfter(code: I32Like): void { this.push({ kind: 'exit', code: i32(code).node, advance: true }); }

  /** Calls a host helper of the instruction set, here; the result may be used any number of times. */
  call(helper: string, ...args: readonly I32Like[]): I32 {
    const local = this.newLocal('i32');
    this.push({ kind: 'call', helper, args: args.map((a) => i32(a).node), local });
    return new I32({ kind: 'local', type: 'i32', index: local });
  }

  protected push(statement: Statement): void {
    this.block.push(statement);
  }

  protected newLocal(type: ValueType): number {
    return this.locals.push(type) - 1;
  }

  private collect(body: () => void): readonly Statement[] {
    const outer = this.block;
    const inner: Statement[] = [];
    this.block = inner;
    body();
    this.block = outer;
    return inner;
  }

  private cellOf<T extends Expr>(value: T, cell: CellType, place: CellPlace): T & Settable<T> {
    const set = (v: T): void => { this.push({ kind: 'write', cell, place, value: v.node }); };
    return Object.assign(value, { set });
  }
}

/** Meanings of a processor whose loads and stores go through an MMU. */
export class MmuBuilder extends Builder {
  /** Loads 1, 2, 4 or 8 bytes here; faults leave the instruction undone, so load before any effect. */
  load(ea: I64, bytes: 1 | 2 | 4 | 8, signed = false, reversed = false): I64 {
    const local = this.newLocal('i64');
    this.push({ kind: 'load', local, ea: ea.node, bytes, signed, reversed });
    return new I64({ kind: 'local', type: 'i64', index: local });
  }

  /** Loads a quadword; the low four bits of the address are ignored. */
  loadQuad(ea: I64): V128 {
    const local = this.newLocal('v128');
    this.push({ kind: 'load', local, ea: ea.and(-16n).node, bytes: 16, signed: false, reversed: false });
    return new V128({ kind: 'local', type: 'v128', index: local });
  }

  store(ea: I64, bytes: 1 | 2 | 4 | 8, value: I64, reversed = false): void {
    this.push({ kind: 'store', ea: ea.node, bytes, value: value.node, reversed });
  }

  storeQuad(ea: I64, value: V128): void {
    this.push({ kind: 'store', ea: ea.and(-16n).node, bytes: 16, value: value.node, reversed: false });
  }
}

/** Meanings of a processor that sees a local store only. */
export class LocalStoreBuilder extends Builder {
  lsLoad(address: I32): V128 {
    const local = this.newLocal('v128');
    this.push({ kind: 'lsLoad', local, address: address.node });
    return new V128({ kind: 'local', type: 'v128', index: local });
  }

  lsStore(address: I32, value: V128): void {
    this.push({ kind: 'lsStore', address: address.node, value: value.node });
  }
}

function read(type: ValueType, cell: CellType, place: CellPlace): Node {
  return { kind: 'cell', type, cell, place };
}
