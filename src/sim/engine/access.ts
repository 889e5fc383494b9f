/**
 * Loads and stores. A PPE's go through software TLBs and fall back to the host; an SPE's go
 * to its local store. Memory is a big-endian byte image: a value is swapped by a splat and a
 * constant swizzle, which hosts do as fast as a plain load.
 */
import { CODE_BLOCK_BYTES, DATA_TLB_ENTRIES, LOCAL_STORE_BYTES, type PpeLayout, type SpeLayout, TLB_ENTRY_BYTES } from './layout.ts';
import type { LocalPool, MemoryAccess } from './lower.ts';
import type { Statement } from './node.ts';
import { OP } from './opcodes.ts';
import type { CodeWriter } from './wasm.ts';

/** The `access` argument of a miss: the number of bytes, and flags. */
export const ACCESS = {
  bytes: 0x1f,
  store: 0x80,
  /** Between the interpreter and its own slow path only. */
  reversed: 0x100,
} as const;

/** 16 bytes in the opposite order. */
export const REVERSED_QUAD = reverseWithin(16);

/** The parts of the interpreter that accesses need. */
export interface AccessPaths {
  /** Takes EA and access from the stack, leaves a host offset; faults do not return. */
  callMiss(): void;
  /** Takes EA, access and i64 value from the stack and does the whole store. */
  callSlowStore(): void;
  /** Takes EA and v128 value from the stack and does the whole store. */
  callSlowStoreQuad(): void;
  /** Takes the local-store address from the stack. */
  callCodeWritten(): void;
}

export class MmuAccess implements MemoryAccess {
  constructor(private readonly out: CodeWriter, private readonly layout: PpeLayout, private readonly paths: AccessPaths) {}

  load({ bytes, signed, reversed }: Extract<Statement, { kind: 'load' }>, locals: LocalPool): void {
    const { out } = this;
    const ea = locals.take('i64');
    const host = locals.take('i32');
    const entry = locals.take('i32');
    out.set(ea);
    this.findEntry(this.layout.readTlb, bytes, ea, host, entry);
    out.if();
    out.get(ea);
    out.i32(bytes);
    this.paths.callMiss();
    out.set(host);
    out.else();
    this.translate(this.layout.readTlb, host, entry);
    out.set(host);
    out.end();
    out.get(host);
    loadValue(out, bytes, signed, reversed);
  }

  store({ bytes, reversed }: Extract<Statement, { kind: 'store' }>, locals: LocalPool): void {
    const { out } = this;
    const ea = locals.take('i64');
    const host = locals.take('i32');
    const entry = locals.take('i32');
    const value = locals.take(bytes === 16 ? 'v128' : 'i64');
    out.set(value);
    out.set(ea);
    this.findEntry(this.layout.writeTlb, bytes, ea, host, entry);
    out.if();
    out.get(ea);
    if (bytes === 16) {
      out.get(value);
      this.paths.callSlowStoreQuad();
    } else {
      out.i32(bytes | ACCESS.store | (reversed ? ACCESS.reversed : 0));
      out.get(value);
      this.paths.callSlowStore();
    }
    out.else();
    this.translate(this.layout.writeTlb, host, entry);
    out.get(value);
    storeValue(out, bytes, reversed);
    out.end();
  }

  lsLoad(): void { throw new Error(NO_LOCAL_STORE); }
  lsStore(): void { throw new Error(NO_LOCAL_STORE); }

  /**
   * Leaves 1 where the TLB has no entry for all bytes of the access. The tag is compared with
   * the page of the last byte, so an access that crosses into the next page is a miss too;
   * quadwords are aligned and cannot.
   */
  private findEntry(tlb: number, bytes: number, ea: number, host: number, entry: number): void {
    const { out } = this;
    out.get(ea);
    out.op(OP.i32WrapI64);
    out.tee(host);
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
    out.i64(PAGE_MASK);
    out.op(OP.i64And);
    out.op(OP.i64Ne);
  }

  /** Leaves the host address: the EA in `host` plus the distance in the entry. */
  private translate(tlb: number, host: number, entry: number): void {
    const { out } = this;
    out.get(host);
    out.get(entry);
    out.memory(OP.i32Load, tlb + 8);
    out.op(OP.i32Add);
  }
}

export class LocalStoreAccess implements MemoryAccess {
  constructor(private readonly out: CodeWriter, private readonly layout: SpeLayout, private readonly paths: AccessPaths) {}

  load(): void { throw new Error(NO_MMU); }
  store(): void { throw new Error(NO_MMU); }

  lsLoad(): void {
    const { out } = this;
    out.i32(LOCAL_STORE_BYTES - 16);
    out.op(OP.i32And);
    out.memory(OP.v128Load, this.layout.localStore);
    swizzle(out, REVERSED_QUAD);
  }

  lsStore(locals: LocalPool): void {
    const { out } = this;
    const value = locals.take('v128');
    const address = locals.take('i32');
    out.set(value);
    out.i32(LOCAL_STORE_BYTES - 16);
    out.op(OP.i32And);
    out.tee(address);
    out.get(value);
    swizzle(out, REVERSED_QUAD);
    out.memory(OP.v128Store, this.layout.localStore);
    out.get(address);
    out.i32(Math.log2(CODE_BLOCK_BYTES));
    out.op(OP.i32ShrU);
    out.memory(OP.i32Load8U, this.layout.codeMap);
    out.if();
    out.get(address);
    this.paths.callCodeWritten();
    out.end();
  }
}

const NO_LOCAL_STORE = 'This instruction set has an MMU; its meanings cannot use the local store.';
const NO_MMU = 'This instruction set has a local store; its meanings cannot load or store through an MMU.';
const PAGE_SHIFT = 12;
const ENTRY_SHIFT = Math.log2(TLB_ENTRY_BYTES);
const PAGE_MASK = -4096n;
const SWAP_16 = reverseWithin(2);
const SWAP_32 = reverseWithin(4);
const SWAP_64 = reverseWithin(8);

/** Swizzle indices that reverse the bytes of every element of a size. */
function reverseWithin(bytes: number): readonly number[] {
  return Array.from({ length: 16 }, (_, lane) => lane ^ (bytes - 1));
}

function swizzle(out: CodeWriter, indices: readonly number[]): void {
  out.v128(indices);
  out.op(OP.swizzle);
}

function loadValue(out: CodeWriter, bytes: 1 | 2 | 4 | 8 | 16, signed: boolean, reversed: boolean): void {
  const extend = signed ? OP.i64ExtendI32S : OP.i64ExtendI32U;
  switch (bytes) {
    case 1:
      out.memory(signed ? OP.i64Load8S : OP.i64Load8U, 0);
      return;
    case 2:
      if (reversed) {
        out.memory(signed ? OP.i64Load16S : OP.i64Load16U, 0);
        return;
      }
      out.memory(OP.v128Load16Splat, 0);
      swizzle(out, SWAP_16);
      out.op(signed ? OP.i16x8ExtractS : OP.i16x8ExtractU, [0]);
      out.op(extend);
      return;
    case 4:
      if (reversed) {
        out.memory(signed ? OP.i64Load32S : OP.i64Load32U, 0);
        return;
      }
      out.memory(OP.v128Load32Splat, 0);
      swizzle(out, SWAP_32);
      out.op(OP.i32x4Extract, [0]);
      out.op(extend);
      return;
    case 8:
      if (reversed) {
        out.memory(OP.i64Load, 0);
        return;
      }
      out.memory(OP.v128Load64Splat, 0);
      swizzle(out, SWAP_64);
      out.op(OP.i64x2Extract, [0]);
      return;
    case 16:
      out.memory(OP.v128Load, 0);
      swizzle(out, REVERSED_QUAD);
  }
}

function storeValue(out: CodeWriter, bytes: 1 | 2 | 4 | 8 | 16, reversed: boolean): void {
  switch (bytes) {
    case 1:
      out.memory(OP.i64Store8, 0);
      return;
    case 2:
      if (reversed) {
        out.memory(OP.i64Store16, 0);
        return;
      }
      out.op(OP.i32WrapI64);
      out.op(OP.i16x8Splat);
      swizzle(out, SWAP_16);
      out.memory(OP.v128Store16Lane, 0, 0);
      return;
    case 4:
      if (reversed) {
        out.memory(OP.i64Store32, 0);
        return;
      }
      out.op(OP.i32WrapI64);
      out.op(OP.i32x4Splat);
      swizzle(out, SWAP_32);
      out.memory(OP.v128Store32Lane, 0, 0);
      return;
    case 8:
      if (reversed) {
        out.memory(OP.i64Store, 0);
        return;
      }
      out.op(OP.i64x2Splat);
      swizzle(out, SWAP_64);
      out.memory(OP.v128Store64Lane, 0, 0);
      return;
    case 16:
      swizzle(out, REVERSED_QUAD);
      out.memory(OP.v128Store, 0);
  }
}
