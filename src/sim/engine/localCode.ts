/** Decoded code of an SPE: a record for every word of its local store. */
import type { CodeWatch } from './codeWatch.ts';
import { BLOCK, CODE_BLOCK_BYTES, INSTRUCTION_BYTES, LOCAL_STORE_BYTES, PAGE_BYTES, RECORD_BYTES, type SpeLayout } from './layout.ts';
import { FORM, type MemoryViews } from './record.ts';

const BLOCK_SHIFT = Math.log2(CODE_BLOCK_BYTES);

/** Local-store addresses whose accesses are watched; `end` is the first byte beyond. */
export interface WatchedRange {
  readonly start: number;
  readonly end: number;
  readonly read: boolean;
  readonly write: boolean;
}

export class LocalCode {
  /** Records that are decoded at every execution, since they have a breakpoint. */
  private readonly guarded = new Set<number>();

  constructor(
    private readonly views: MemoryViews,
    private readonly layout: SpeLayout,
    private readonly watch: CodeWatch,
    private readonly member: number,
  ) {
    this.setForm(layout.records + (LOCAL_STORE_BYTES / INSTRUCTION_BYTES) * RECORD_BYTES, FORM.pageEnd);
  }

  /** Where the instruction of a record is; its block counts as code from now on. */
  claim(record: number): number {
    const address = this.addressOf(record);
    const hostOffset = this.layout.localStore + address;
    this.mark(address >>> BLOCK_SHIFT, BLOCK.code, BLOCK.code);
    this.watch.claim(this.member, hostOffset);
    return hostOffset;
  }

  /** Instructions from the record's to a target; addresses wrap around. */
  nearTarget(record: number, displacement: number): number {
    const address = this.addressOf(record);
    const target = (address + displacement) & (LOCAL_STORE_BYTES - 1);
    return (target - address) / INSTRUCTION_BYTES;
  }

  isGuarded(record: number): boolean {
    return this.guarded.has(record);
  }

  setBreakpoints(addresses: Iterable<number>): void {
    this.guarded.clear();
    for (const address of addresses) {
      const record = this.recordOf(address & (LOCAL_STORE_BYTES - INSTRUCTION_BYTES));
      this.guarded.add(record);
      this.setForm(record, FORM.undecoded);
    }
  }

  /** Has words decoded again. Only the form numbers go: an instruction may still be reading its operands. */
  dropRecords(hostOffset: number, length: number): void {
    const address = hostOffset - this.layout.localStore;
    for (let at = address & -INSTRUCTION_BYTES; at < address + length; at += INSTRUCTION_BYTES) {
      this.setForm(this.recordOf(at), FORM.undecoded);
    }
    const end = (address + length) >>> BLOCK_SHIFT;
    for (let block = Math.ceil(address / CODE_BLOCK_BYTES); block < end; block += 1) this.mark(block, BLOCK.code, 0);
  }

  /** Watches the blocks of these ranges of local-store addresses, and no others. */
  watchBlocks(ranges: readonly WatchedRange[]): void {
    const watched = BLOCK.watchedStores | BLOCK.watchedLoads;
    for (let block = 0; block < LOCAL_STORE_BYTES >>> BLOCK_SHIFT; block += 1) this.mark(block, watched, 0);
    for (const { start, end, read, write } of ranges) {
      const bits = (read ? BLOCK.watchedLoads : 0) | (write ? BLOCK.watchedStores : 0);
      for (let block = start >>> BLOCK_SHIFT; block << BLOCK_SHIFT < end; block += 1) this.mark(block, bits, bits);
    }
  }

  /** Forgets all records. */
  reset(): void {
    const { localStore } = this.layout;
    this.dropRecords(localStore, LOCAL_STORE_BYTES);
    for (let at = 0; at < LOCAL_STORE_BYTES; at += PAGE_BYTES) this.watch.release(this.member, localStore + at);
  }

  /** Sets those bits of a block's byte in the code map that `mask` has. */
  private mark(block: number, mask: number, bits: number): void {
    const { views: { u8 }, layout: { codeMap } } = this;
    u8[codeMap + block] = ((u8[codeMap + block] ?? 0) & ~mask) | bits;
  }

  private addressOf(record: number): number {
    return ((record - this.layout.records) / RECORD_BYTES) * INSTRUCTION_BYTES;
  }

  private recordOf(address: number): number {
    return this.layout.records + (address / INSTRUCTION_BYTES) * RECORD_BYTES;
  }

  private setForm(record: number, form: number): void {
    this.views.u16[record >>> 1] = form;
  }
}
