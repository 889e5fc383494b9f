/**
 * Decoded code of a PPE thread: a fixed pool of record pages, each for one page of host
 * memory, found from effective addresses through the code TLB.
 */
import type { CodeWatch } from './codeWatch.ts';
import { CODE_TLB_ENTRIES, INSTRUCTION_BYTES, PAGE_BYTES, PAGE_RECORDS_BYTES, type PpeLayout, RECORD_BYTES } from './layout.ts';
import { FORM, type MemoryViews } from './record.ts';
import { SoftTlb, toAddress } from './tlb.ts';

const NO_PAGE = -1;

export class CodePages {
  private readonly tlb: SoftTlb;
  /** Host page of each page of records, and the way back. */
  private readonly hostPages: Int32Array;
  private readonly slots = new Map<number, number>();
  /** EA of each page of records. */
  private readonly eaPages: Float64Array;
  private nextSlot = 0;
  /** Records that are decoded at every execution, since some address of theirs has a breakpoint. */
  private readonly guarded = new Set<number>();
  /** Offsets in the page of the breakpoints of an EA page. */
  private readonly breakpoints = new Map<number, number[]>();

  constructor(
    private readonly views: MemoryViews,
    private readonly layout: PpeLayout,
    private readonly watch: CodeWatch,
    private readonly member: number,
  ) {
    this.tlb = new SoftTlb(views.data.buffer, layout.codeTlb, CODE_TLB_ENTRIES);
    this.hostPages = new Int32Array(layout.recordPages).fill(NO_PAGE);
    this.eaPages = new Float64Array(layout.recordPages);
    this.tlb.flush();
  }

  /**
   * Gives the page of an address the records of a host page; returns their offset. Records are of one
   * address: executed at another one too, an instruction is decoded again, so that `firstExecuted` tells of both.
   */
  map(eaHigh: number, eaLow: number, hostPage: number): number {
    const ea = toAddress(eaHigh, eaLow & -PAGE_BYTES);
    const known = this.slots.get(hostPage);
    if (known !== undefined && this.eaPages[known] !== ea) this.empty(known);
    const slot = this.slots.get(hostPage) ?? this.allot(hostPage);
    const records = this.recordsOf(slot);
    this.eaPages[slot] = ea;
    this.tlb.fill(eaHigh, eaLow, records);
    if (this.breakpoints.size > 0) this.guardPage(ea, records);
    return records;
  }

  /** Where the instruction of a record is; its page counts as code from now on. */
  claim(record: number): number {
    const slot = Math.floor((record - this.layout.records) / PAGE_RECORDS_BYTES);
    const hostPage = this.hostPages[slot] ?? NO_PAGE;
    this.watch.claim(this.member, hostPage);
    return hostPage + ((record - this.recordsOf(slot)) / RECORD_BYTES) * INSTRUCTION_BYTES;
  }

  /** Instructions from the record's to a target, if they share a page. */
  nearTarget(record: number, displacement: number): number | undefined {
    const index = ((record - this.layout.records) % PAGE_RECORDS_BYTES) / RECORD_BYTES;
    const within = index * INSTRUCTION_BYTES + displacement;
    return within >= 0 && within < PAGE_BYTES ? displacement / INSTRUCTION_BYTES : undefined;
  }

  /** Whether the record must be decoded at each execution. */
  isGuarded(record: number): boolean {
    return this.guarded.has(record);
  }

  /** Replaces all breakpoints; addresses below 2^53. */
  setBreakpoints(addresses: Iterable<number>): void {
    this.guarded.clear();
    this.breakpoints.clear();
    for (const address of addresses) {
      const page = Math.floor(address / PAGE_BYTES) * PAGE_BYTES;
      const offsets = this.breakpoints.get(page) ?? [];
      offsets.push(address - page);
      this.breakpoints.set(page, offsets);
    }
    this.tlb.forEach((ea, records) => { this.guardPage(ea, records); });
  }

  drop(eaHigh: number, eaLow: number): void {
    this.tlb.drop(eaHigh, eaLow);
  }

  flush(): void {
    this.tlb.flush();
  }

  /** Has the words of a host page decoded again. Only the form numbers go: an instruction may still be reading its operands. */
  dropRecords(hostOffset: number, length: number): void {
    const page = Math.floor(hostOffset / PAGE_BYTES) * PAGE_BYTES;
    const slot = this.slots.get(page);
    if (slot === undefined) return;
    const last = Math.floor((hostOffset + length - 1 - page) / INSTRUCTION_BYTES);
    for (let i = Math.floor((hostOffset - page) / INSTRUCTION_BYTES); i <= last; i++) {
      this.setForm(this.recordsOf(slot) + i * RECORD_BYTES, FORM.undecoded);
    }
  }

  /** Forgets all records and translations. */
  reset(): void {
    this.tlb.flush();
    for (let slot = 0; slot < this.hostPages.length; slot++) this.empty(slot);
    this.nextSlot = 0;
  }

  private allot(hostPage: number): number {
    const slot = this.nextSlot;
    this.nextSlot = (slot + 1) % this.hostPages.length;
    this.empty(slot);
    this.setForm(this.recordsOf(slot) + PAGE_RECORDS_BYTES - RECORD_BYTES, FORM.pageEnd);
    this.hostPages[slot] = hostPage;
    this.slots.set(hostPage, slot);
    return slot;
  }

  private empty(slot: number): void {
    const hostPage = this.hostPages[slot] ?? NO_PAGE;
    const records = this.recordsOf(slot);
    const end = records + PAGE_RECORDS_BYTES - RECORD_BYTES;
    this.views.u8.fill(0, records, end);
    for (const record of this.guarded) if (record >= records && record < end) this.guarded.delete(record);
    if (hostPage === NO_PAGE) return;
    this.tlb.dropWhere((_, value) => value === records);
    this.slots.delete(hostPage);
    this.hostPages[slot] = NO_PAGE;
    this.watch.release(this.member, hostPage);
  }

  private guardPage(ea: number, records: number): void {
    for (const offset of this.breakpoints.get(ea) ?? []) {
      const record = records + (offset / INSTRUCTION_BYTES) * RECORD_BYTES;
      this.guarded.add(record);
      this.setForm(record, FORM.undecoded);
    }
  }

  private recordsOf(slot: number): number {
    return this.layout.records + slot * PAGE_RECORDS_BYTES;
  }

  private setForm(record: number, form: number): void {
    this.views.u16[record >>> 1] = form;
  }
}
