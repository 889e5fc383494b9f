/** The interpreter's own functions for accesses that the TLB does not serve: all that is not on the fast path. */
import { ACCESS } from './access.ts';
import type { CodeAddressing } from './addressing.ts';
import { reverseQuad } from './bigEndian.ts';
import { CELL, SCRATCH_END } from './layout.ts';
import { OP } from './opcodes.ts';
import { CodeWriter, type DefinedFunction } from './wasm.ts';

export interface SlowPathParts {
  readonly addressing: CodeAddressing;
  /** Offset of the engine's cells. */
  readonly cells: number;
  /** Offset of the 64-bit program counter in the state. */
  readonly pc: number;
  /** Index of a function by name. */
  readonly index: (name: string) => number;
}

/** `sync(record, left)`: puts program counter, record and budget where the host and the code after the call find them. */
export function syncFunction({ addressing, cells, pc }: SlowPathParts): DefinedFunction {
  const out = new CodeWriter();
  out.i32(0);
  addressing.pc(out, 0);
  out.memory(OP.i64Store, pc);
  out.i32(0);
  out.get(1);
  out.memory(OP.i32Store, cells + CELL.left);
  out.i32(0);
  out.get(0);
  out.memory(OP.i32Store, cells + CELL.record);
  return { params: ['i32', 'i32'], results: [], locals: [], code: out.bytes };
}

/** `slowFetch(target, left)` gives the record page of an address, or 0 for a fault; the program counter is the address then. */
export function slowFetchFunction({ cells, pc, index }: SlowPathParts): DefinedFunction {
  const out = new CodeWriter();
  const [target, left] = [0, 1];
  out.i32(0);
  out.get(target);
  out.memory(OP.i64Store, pc);
  out.i32(0);
  out.get(left);
  out.memory(OP.i32Store, cells + CELL.left);
  pushHalves(out, target);
  out.call(index('fetch'));
  return { params: ['i64', 'i32'], results: ['i32'], locals: [], code: out.bytes };
}

/** `slowLoad(ea, access, record, left)` gives the host offset of the bytes, or 0 for a fault. */
export function slowLoadFunction(parts: SlowPathParts): DefinedFunction {
  const out = new CodeWriter();
  const [ea, access, record, left] = [0, 1, 2, 3];
  callMiss(out, parts, { ea, access, record, left });
  return { params: ['i64', 'i32', 'i32', 'i32'], results: ['i32'], locals: [], code: out.bytes };
}

/** `slowStore(ea, access, value, record, left)` does a store of 1 to 8 bytes; 0 for a fault. */
export function slowStoreFunction(parts: SlowPathParts): DefinedFunction {
  const out = new CodeWriter();
  const [ea, access, value, record, left, host] = [0, 1, 2, 3, 4, 5];
  callMiss(out, parts, { ea, access, record, left });
  out.tee(host);
  returnIfZero(out);
  out.get(access);
  out.i32(ACCESS.reversed);
  out.op(OP.i32And);
  out.op(OP.i32Eqz);
  out.if();
  pushBigEndian(out, value, access);
  out.set(value);
  out.end();
  for (const [bytes, opcode] of [[1, OP.i64Store8], [2, OP.i64Store16], [4, OP.i64Store32], [8, OP.i64Store]] as const) {
    out.get(access);
    out.i32(bytes);
    out.op(OP.i32And);
    out.if();
    out.get(host);
    out.get(value);
    out.memory(opcode, 0);
    out.end();
  }
  commitIfScratch(out, parts, host);
  out.get(host);
  return { params: ['i64', 'i32', 'i64', 'i32', 'i32'], results: ['i32'], locals: ['i32'], code: out.bytes };
}

/** `slowStoreQuad(ea, value, record, left)` does a store of 16 bytes; 0 for a fault. */
export function slowStoreQuadFunction(parts: SlowPathParts): DefinedFunction {
  const out = new CodeWriter();
  const [ea, value, record, left, host, access] = [0, 1, 2, 3, 4, 5];
  out.i32(16 | ACCESS.store);
  out.set(access);
  callMiss(out, parts, { ea, access, record, left });
  out.tee(host);
  returnIfZero(out);
  out.get(host);
  out.get(value);
  reverseQuad(out);
  out.memory(OP.v128Store, 0);
  commitIfScratch(out, parts, host);
  out.get(host);
  return { params: ['i64', 'v128', 'i32', 'i32'], results: ['i32'], locals: ['i32', 'i32'], code: out.bytes };
}

interface MissLocals {
  readonly ea: number;
  readonly access: number;
  readonly record: number;
  readonly left: number;
}

/** Addresses go to the host as two halves: an i64 would have to become a BigInt. */
function pushHalves(out: CodeWriter, address: number): void {
  out.get(address);
  out.i64(32n);
  out.op(OP.i64ShrU);
  out.op(OP.i32WrapI64);
  out.get(address);
  out.op(OP.i32WrapI64);
}

function callMiss(out: CodeWriter, { index }: SlowPathParts, { ea, access, record, left }: MissLocals): void {
  out.get(record);
  out.get(left);
  out.call(index('sync'));
  pushHalves(out, ea);
  out.get(access);
  out.i32(ACCESS.bytes | ACCESS.store);
  out.op(OP.i32And);
  out.call(index('miss'));
}

function returnIfZero(out: CodeWriter): void {
  out.op(OP.i32Eqz);
  out.if();
  out.i32(0);
  out.op(OP.return);
  out.end();
}

/** The value's low bytes in the opposite order: all eight reversed, then shifted down by those that do not belong. */
function pushBigEndian(out: CodeWriter, value: number, access: number): void {
  out.get(value);
  out.op(OP.i64x2Splat);
  reverseQuad(out);
  out.op(OP.i64x2Extract, [0]);
  out.i32(8);
  out.get(access);
  out.i32(ACCESS.bytes);
  out.op(OP.i32And);
  out.op(OP.i32Sub);
  out.i32(3);
  out.op(OP.i32Shl);
  out.op(OP.i64ExtendI32U);
  out.op(OP.i64ShrU);
}

function commitIfScratch(out: CodeWriter, { index }: SlowPathParts, host: number): void {
  out.get(host);
  out.i32(SCRATCH_END);
  out.op(OP.i32LtU);
  out.if();
  out.call(index('commit'));
  out.end();
}
