/** Where execution is, in code of the run and step functions. */
import { type CodeAddressing, LOCAL } from './addressing.ts';
import { CELL, RECORD_BYTES } from './layout.ts';
import { OP } from './opcodes.ts';
import type { CodeWriter } from './wasm.ts';

/** Pushes the number of instructions that the run has completed. */
export function pushElapsed(out: CodeWriter, cells: number): void {
  out.i32(0);
  out.memory(OP.i32Load, cells + CELL.bias);
  out.get(LOCAL.left);
  out.op(OP.i32Sub);
}

/** Pushes the target of a branch whose displacement in bytes is at `offset` in the record. */
export function pushFarTarget(out: CodeWriter, addressing: CodeAddressing, offset: number): void {
  addressing.pc(out, LOCAL.record);
  out.get(LOCAL.record);
  out.memory(OP.i64Load32S, offset);
  out.op(OP.i64Add);
}

/** Pushes the target of a branch to a record of the same page, whose distance is at `offset`. */
export function pushNearTarget(out: CodeWriter, addressing: CodeAddressing, offset: number): void {
  out.get(LOCAL.record);
  out.get(LOCAL.record);
  out.memory(OP.i32Load, offset);
  out.op(OP.i32Add);
  out.i32(RECORD_BYTES);
  out.op(OP.i32Add);
  out.set(LOCAL.temp);
  addressing.pc(out, LOCAL.temp);
}

/** Stores the i32 local `local` in a cell. */
export function storeCell(out: CodeWriter, at: number, local: number): void {
  out.i32(0);
  out.get(local);
  out.memory(OP.i32Store, at);
}

/** Sets the i32 local `local` from a cell. */
export function loadCell(out: CodeWriter, at: number, local: number): void {
  out.i32(0);
  out.memory(OP.i32Load, at);
  out.set(local);
}
