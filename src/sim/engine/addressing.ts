/**
 * How addresses of instructions and their records go together: in pages behind a code TLB
 * (PPE), or one record for every word of a local store (SPE).
 */
import { CELL, CODE_TLB_ENTRIES, LOCAL_STORE_BYTES, PAGE_BYTES, type PpeLayout, RECORD_BYTES, type SpeLayout, TLB_ENTRY_BYTES } from './layout.ts';
import { OP } from './opcodes.ts';
import type { CodeWriter, Label } from './wasm.ts';

/**
 * Locals of the run and step functions: budget left, record, jump target (i64), exit code or
 * status, temporary. The step function has the first two as parameters.
 */
export const LOCAL = { left: 0, record: 1, target: 2, code: 3, temp: 4, firstOfPool: 5 } as const;

/** Places of the run function that an addressing scheme sends control to. */
export interface JumpLabels {
  /** Enters the code at the address in `target`. */
  readonly jump: Label;
  /** Dispatches the record after the one in `record`. */
  readonly next: Label;
  /** Has the step function execute the instruction of `record`, from its beginning. */
  readonly step: Label;
}

export interface CodeAddressing {
  /** Pushes the address (i64) of the instruction whose record is in local `record`. */
  pc(out: CodeWriter, record: number): void;
  /** Sets local `record` to just before the record of the address in local `target`. */
  enter(out: CodeWriter, fetch: () => void): void;
  /** Goes on from the sentinel record. */
  pageEnd(out: CodeWriter, labels: JumpLabels): void;
}

const RECORD_SHIFT = Math.log2(RECORD_BYTES) - 2;

export class PagedAddressing implements CodeAddressing {
  constructor(private readonly layout: PpeLayout) {}

  pc(out: CodeWriter, record: number): void {
    out.i32(0);
    out.memory(OP.i64Load, this.layout.cells + CELL.pageBase);
    out.get(record);
    out.i32(RECORD_SHIFT);
    out.op(OP.i32ShrU);
    out.op(OP.i64ExtendI32U);
    out.op(OP.i64Add);
  }

  enter(out: CodeWriter, fetch: () => void): void {
    const { codeTlb, cells } = this.layout;
    this.pushPage(out);
    out.get(LOCAL.target);
    out.op(OP.i32WrapI64);
    out.i32(Math.log2(PAGE_BYTES / TLB_ENTRY_BYTES));
    out.op(OP.i32ShrU);
    out.i32((CODE_TLB_ENTRIES - 1) * TLB_ENTRY_BYTES);
    out.op(OP.i32And);
    out.tee(LOCAL.temp);
    out.memory(OP.i64Load, codeTlb);
    out.op(OP.i64Ne);
    out.if();
    fetch();
    out.set(LOCAL.record);
    out.else();
    out.get(LOCAL.temp);
    out.memory(OP.i32Load, codeTlb + 8);
    out.set(LOCAL.record);
    out.end();

    out.i32(0);
    this.pushPage(out);
    out.get(LOCAL.record);
    out.i32(RECORD_SHIFT);
    out.op(OP.i32ShrU);
    out.op(OP.i64ExtendI32U);
    out.op(OP.i64Sub);
    out.memory(OP.i64Store, cells + CELL.pageBase);

    out.get(LOCAL.record);
    pushRecordOffset(out, PAGE_BYTES - 4);
    out.op(OP.i32Add);
    out.i32(RECORD_BYTES);
    out.op(OP.i32Sub);
    out.set(LOCAL.record);
  }

  pageEnd(out: CodeWriter, { jump }: JumpLabels): void {
    this.pc(out, LOCAL.record);
    out.set(LOCAL.target);
    out.br(jump);
  }

  private pushPage(out: CodeWriter): void {
    out.get(LOCAL.target);
    out.i64(BigInt(-PAGE_BYTES));
    out.op(OP.i64And);
  }
}

export class LocalStoreAddressing implements CodeAddressing {
  constructor(private readonly layout: SpeLayout) {}

  pc(out: CodeWriter, record: number): void {
    out.get(record);
    out.i32(this.layout.records);
    out.op(OP.i32Sub);
    out.i32(RECORD_SHIFT);
    out.op(OP.i32ShrU);
    out.i32(LOCAL_STORE_BYTES - 1);
    out.op(OP.i32And);
    out.op(OP.i64ExtendI32U);
  }

  enter(out: CodeWriter): void {
    pushRecordOffset(out, LOCAL_STORE_BYTES - 4);
    out.i32(this.layout.records - RECORD_BYTES);
    out.op(OP.i32Add);
    out.set(LOCAL.record);
  }

  /** The last word of the local store is followed by the first: SPU addresses are taken modulo its size. */
  pageEnd(out: CodeWriter, { next }: JumpLabels): void {
    out.i32(this.layout.records - RECORD_BYTES);
    out.set(LOCAL.record);
    out.br(next);
  }
}

/** Pushes the offset of the target's record from that of address 0 modulo `mask + 4`. */
function pushRecordOffset(out: CodeWriter, mask: number): void {
  out.get(LOCAL.target);
  out.op(OP.i32WrapI64);
  out.i32(mask);
  out.op(OP.i32And);
  out.i32(RECORD_SHIFT);
  out.op(OP.i32Shl);
}
