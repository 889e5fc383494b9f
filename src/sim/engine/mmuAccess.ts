/**
 * Loads and stores of a PPE, through software TLBs. The run function leaves for the step
 * function at a miss; the step function asks the host.
 */
import { ACCESS } from './access.ts';
import { loadValue, storeValue } from './bigEndian.ts';
import { DATA_TLB_ENTRIES, PAGE_BYTES, type PpeLayout, TLB_ENTRY_BYTES } from './layout.ts';
import type { LocalPool, MemoryAccess } from './lower.ts';
import type { Statement } from './node.ts';
import { OP } from './opcodes.ts';
import type { CodeWriter } from './wasm.ts';

type Load = Extract<Statement, { kind: 'load' }>;
type Store = Extract<Statement, { kind: 'store' }>;

/** What the step function calls at a miss; faults do not come back. */
export interface SlowAccess {
  /** Takes EA and access from the stack, leaves the host offset. */
  callSlowLoad(): void;
  /** Takes EA, access and i64 value from the stack and does the whole store. */
  callSlowStore(): void;
  /** Takes EA and v128 value from the stack and does the whole store. */
  callSlowStoreQuad(): void;
}

const PAGE_SHIFT = Math.log2(PAGE_BYTES);
const ENTRY_SHIFT = Math.log2(TLB_ENTRY_BYTES);

abstract class MmuAccess implements MemoryAccess {
  constructor(protected readonly out: CodeWriter, protected readonly layout: PpeLayout) {}

  abstract load(statement: Load, locals: LocalPool): void;
  abstract store(statement: Store, locals: LocalPool): void;

  lsLoad(): void { throw new Error(NO_LOCAL_STORE); }
  lsStore(): void { throw new Error(NO_LOCAL_STORE); }

  /**
   * Leaves 1 where the TLB has no entry for all bytes of the access. The tag is compared with
   * the page of the last byte, so an access that crosses into the next page is a miss too;
   * quadwords are aligned and cannot.
   */
  protected findEntry(tlb: number, bytes: number, ea: number, entry: number): void {
    const { out } = this;
    out.get(ea);
    out.op(OP.i32WrapI64);
    out.i32(PAGE_SHIFT - ENTRY_SHIFT);
    out.op(OP.i32ShrU);
    out.i32((DATA_TLB_ENTRIES - 1) << ENTRY_SHIFT);
    out.op(OP.i32And);
    out.tee(entry);
    out.memory(OP.i64Load, tlb);
    out.get(ea);
    if (bytes > 1 && bytes < 16) {
      out.i64(BigInt(bytes - 1));
      out.op(OP.i64Add);
    }
    out.i64(BigInt(-PAGE_BYTES));
    out.op(OP.i64And);
    out.op(OP.i64Ne);
  }

  /** Leaves the host address: the EA plus the distance in the entry. */
  protected translate(tlb: number, ea: number, entry: number): void {
    const { out } = this;
    out.get(ea);
    out.op(OP.i32WrapI64);
    out.get(entry);
    out.memory(OP.i32Load, tlb + 8);
    out.op(OP.i32Add);
  }
}

const NO_LOCAL_STORE = 'This instruction set has an MMU; its meanings cannot use the local store.';

/** For the run function. */
export class FastMmuAccess extends MmuAccess {
  /** `leaveIfMissed` takes 1 from the stack for a miss, and does not come back then. */
  constructor(out: CodeWriter, layout: PpeLayout, private readonly leaveIfMissed: () => void) {
    super(out, layout);
  }

  override load({ bytes, signed, reversed }: Load, locals: LocalPool): void {
    const { out, layout } = this;
    const ea = locals.take('i64');
    const entry = locals.take('i32');
    out.set(ea);
    this.findEntry(layout.readTlb, bytes, ea, entry);
    this.leaveIfMissed();
    this.translate(layout.readTlb, ea, entry);
    loadValue(out, bytes, signed, reversed);
  }

  override store({ bytes, reversed }: Store, locals: LocalPool): void {
    const { out, layout } = this;
    const ea = locals.take('i64');
    const entry = locals.take('i32');
    const value = locals.take(bytes === 16 ? 'v128' : 'i64');
    out.set(value);
    out.set(ea);
    this.findEntry(layout.writeTlb, bytes, ea, entry);
    this.leaveIfMissed();
    this.translate(layout.writeTlb, ea, entry);
    out.get(value);
    storeValue(out, bytes, reversed);
  }
}

/** For the step function. */
export class SlowMmuAccess extends MmuAccess {
  constructor(out: CodeWriter, layout: PpeLayout, private readonly slow: SlowAccess) {
    super(out, layout);
  }

  override load({ bytes, signed, reversed }: Load, locals: LocalPool): void {
    const { out, layout } = this;
    const ea = locals.take('i64');
    const entry = locals.take('i32');
    const host = locals.take('i32');
    out.set(ea);
    this.findEntry(layout.readTlb, bytes, ea, entry);
    out.if();
    out.get(ea);
    out.i32(bytes);
    this.slow.callSlowLoad();
    out.set(host);
    out.else();
    this.translate(layout.readTlb, ea, entry);
    out.set(host);
    out.end();
    out.get(host);
    loadValue(out, bytes, signed, reversed);
  }

  override store({ bytes, reversed }: Store, locals: LocalPool): void {
    const { out, layout } = this;
    const ea = locals.take('i64');
    const entry = locals.take('i32');
    const value = locals.take(bytes === 16 ? 'v128' : 'i64');
    out.set(value);
    out.set(ea);
    this.findEntry(layout.writeTlb, bytes, ea, entry);
    out.if();
    out.get(ea);
    if (bytes === 16) {
      out.get(value);
      this.slow.callSlowStoreQuad();
    } else {
      out.i32(bytes | ACCESS.store | (reversed ? ACCESS.reversed : 0));
      out.get(value);
      this.slow.callSlowStore();
    }
    out.else();
    this.translate(layout.writeTlb, ea, entry);
    out.get(value);
    storeValue(out, bytes, reversed);
    out.end();
  }
}
