/** Decoded code of an SPE: a record for every word of its local store. */
import type { CodeWatch } from './codeWatch.ts';
import { CODE_BLOCK_BYTES, INSTRUCTION_BYTES, LOCAL_STORE_BYTES, PAGE_BYTES, RECORD_BYTES, type SpeLayout } from './layout.ts';
import { FORM, type MemoryViews } from './record.ts';

const BLOCK_SHIFT = Math.log2(CODE_BLOCK_BYTES);

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
    this.views.u8[this.layout.codeMap + (address >>> BLOCK_SHIFT)] = 1;
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
    const { codeMap } = this.layout;
    const firstWhole = Math.ceil(address / CODE_BLOCK_BYTES);
    this.views.u8.fill(0, codeMap + firstWhole, codeMap + Math.max(firstWhole, (address + length) >>> BLOCK_SHIFT));
  }

  /** Forgets all records. */
  reset(): void {
    const { localStore } = this.layout;
    this.dropRecords(localStore, LOCAL_STORE_BYTES);
    for (let at = 0; at < LOCAL_STORE_BYTES; at += PAGE_BYTES) this.watch.release(this.member, localStore + at);
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
