/**
 * Address translation of one PPE thread, behind the engine's TLBs: SLB, hashed page table, and
 * the kernel's refill handlers for both (facts 2.1). The TLBs hold only what SLB and hash table
 * hold too, so what a program's counters say does not depend on them.
 */
import { ACCESS } from '../engine/access.ts';
import { toAddress } from '../engine/tlb.ts';
import type { MmuHost } from '../engine/mmuEngine.ts';
import type { PpeLayout } from '../engine/layout.ts';
import { TASK_SIZE, type Mm } from '../kernel/mm/state.ts';
import { PPE_STATE } from '../ppe/layout.ts';
import { type AccessKind, FETCH, type HashRefill, permits, READ, WRITE } from './hashPage.ts';
import { NO_TRANSLATION } from './mmu.ts';
import type { MmuOwner } from './owner.ts';
import { DSISR, type PageFault } from './pageFault.ts';
import type { PhysicalAccess } from './physicalAccess.ts';
import { type LineReservations, NO_BLOCK, Reservation, sharesPage, touches } from './reservations.ts';
import { findSegment, flushSlb, loadSegment, PPE_SLB, SEGMENT_BYTES } from './slb.ts';
import type { Watches } from './watches.ts';

const PAGE_MASK = 4095;
const WORD = 2 ** 32;
const TASK_SIZE_HIGH = TASK_SIZE / WORD;

/** The engine's TLBs. */
export interface SoftwareTlb {
  fillRead(eaHigh: number, eaLow: number, hostOffset: number): void;
  fillWrite(eaHigh: number, eaLow: number, hostOffset: number): void;
  flushTlb(): void;
  dropTranslation(eaHigh: number, eaLow: number): void;
  forbidWrites(hostPage: number): void;
}

export interface PpeMmuParts {
  readonly cpu: number;
  readonly owner: MmuOwner;
  readonly layout: PpeLayout;
  readonly memory: ArrayBufferLike;
  readonly pageBytes: number;
  readonly refill: HashRefill;
  readonly physical: PhysicalAccess;
  readonly watches: Watches;
  readonly lines: LineReservations;
}

export class PpeMmu implements MmuHost {
  readonly reservation: Reservation;
  private readonly stateView: DataView;
  private tlb: SoftwareTlb | undefined;
  private others: readonly PpeMmu[] = [];
  private current: Mm | undefined;
  /** The page that `watchBlock` took out of the write TLB last, while it is not back in: who reserves it again need not look. */
  private unwritablePage = NO_BLOCK;
  /** The fault of the last failed translation, in parts so that it costs nothing until it is taken. */
  private faultHigh = 0;
  private faultLow = 0;
  private faultKind: AccessKind = READ;
  private faultTrap = 0;
  private faultDsisr = 0;
  private faultRefused = false;
  /** Where the halves of its address become one number: quicker than arithmetic of bigints. */
  private readonly faultAddress = new DataView(new ArrayBuffer(8));

  constructor(private readonly parts: PpeMmuParts) {
    const { layout, memory, physical, pageBytes } = parts;
    this.reservation = new Reservation(memory, layout, physical.map, pageBytes);
    this.stateView = new DataView(memory, layout.state);
  }

  /** The engine whose TLBs this fills, and the MMUs of the other threads. To be called once, before the first run. */
  attach(tlb: SoftwareTlb, others: readonly PpeMmu[]): void {
    this.tlb = tlb;
    this.others = others;
  }

  /** The thread begins to run in an address space; one that it is in already keeps its segments (facts 6.4). */
  switchTo(mm: Mm): void {
    const { owner: { state: { mmu } }, cpu } = this.parts;
    const before = this.current;
    this.current = mm;
    if (mmu.ppeContext[cpu] !== mm.contextId) {
      mmu.ppeContext[cpu] = mm.contextId;
      this.flushSegments();
      for (const address of [this.register(PPE_STATE.pc), this.register(PPE_STATE.gpr + 8), mm.mmapBase]) this.preloadSegment(mm, address);
    } else if (before !== mm) this.tlb?.flushTlb();
  }

  /** What the last failed translation was about. */
  takeFault(): PageFault {
    const access = this.faultKind === FETCH ? 'execute' : this.faultKind === WRITE ? 'write' : 'read';
    this.faultAddress.setInt32(0, this.faultHigh);
    this.faultAddress.setInt32(4, this.faultLow);
    return { ea: this.faultAddress.getBigUint64(0), access, trap: this.faultTrap, dsisr: this.faultDsisr, refused: this.faultRefused };
  }

  /**
   * The thread's turn is over: while it holds a reservation, stores of the others to that page
   * come to `miss`.
   */
  publishReservation(): void {
    const block = this.reservation.block(this.current);
    if (block === NO_BLOCK) return;
    for (const other of this.others) other.watchBlock(block);
  }

  /** Something has reserved a block at a host offset: stores to its page are to come to `miss`. */
  watchBlock(hostOffset: number): void {
    const page = hostOffset - (hostOffset % 4096);
    if (page === this.unwritablePage) return;
    this.unwritablePage = page;
    this.tlb?.forbidWrites(page);
  }

  // What the engine asks.

  fetch(eaHigh: number, eaLow: number): number {
    const physical = this.translate(eaHigh, eaLow, FETCH);
    if (physical === NO_TRANSLATION) return 0;
    const host = this.parts.physical.map.hostOf(physical);
    if (host >= 0) return host;
    this.fail(eaHigh, eaLow, FETCH, DSISR.noExecute);
    return 0;
  }

  miss(eaHigh: number, eaLow: number, access: number): number {
    const bytes = access & ACCESS.bytes;
    const kind = (access & ACCESS.store) !== 0 ? WRITE : READ;
    if ((eaLow & PAGE_MASK) + bytes > PAGE_MASK + 1) return this.missAcross(eaHigh, eaLow, bytes, kind);
    const physical = this.translate(eaHigh, eaLow, kind);
    if (physical === NO_TRANSLATION) return 0;
    const host = this.parts.physical.map.hostOf(physical);
    const watched = this.parts.watches.isWatched(eaHigh, eaLow, host);
    if (watched) this.tellAccess(eaHigh, eaLow, host, bytes, kind === WRITE);
    if (host < 0) return this.parts.physical.stage(physical, bytes, NO_TRANSLATION, 0, kind === WRITE);
    const alone = kind !== WRITE || this.takeFromOthers(host, bytes);
    if (watched) return host;
    this.tlb?.fillRead(eaHigh, eaLow, host);
    if (kind === WRITE && alone) this.fillWrite(eaHigh, eaLow, host);
    return host;
  }

  commit(): void {
    this.parts.physical.commit();
  }

  // What the other parts of the MMU ask.

  /** Physical address, or `NO_TRANSLATION` with the reason for `takeFault`. Counts SLB misses and hash refills. */
  translate(eaHigh: number, eaLow: number, kind: AccessKind): number {
    const { current: mm, parts: { owner: { state }, cpu, refill, pageBytes } } = this;
    const high = eaHigh >>> 0;
    const low = eaLow >>> 0;
    if (!mm || high >= TASK_SIZE_HIGH) return this.failSegment(eaHigh, eaLow, kind);
    const esid = high * 16 + (low >>> 28);
    const slb = state.mmu.ppeSlb[cpu];
    if (!slb) return this.failSegment(eaHigh, eaLow, kind);
    let segment = findSegment(slb, esid);
    if (segment < 0) {
      state.counters.slbMiss += 1;
      segment = this.loadSegment(mm, esid);
    }
    const vsid = slb.vsid[segment] ?? 0;
    const { table } = refill;
    const offset = low % SEGMENT_BYTES;
    let entry = table.find(vsid, offset);
    if (entry < 0 || !permits(table.rFlags(entry), kind)) {
      const dsisr = entry < 0 ? DSISR.noTranslation : kind === FETCH ? DSISR.noExecute : DSISR.protection;
      const refilled = refill.refill(mm, vsid, high * WORD + low, kind);
      if (refilled !== 'entered') {
        this.fail(eaHigh, eaLow, kind, dsisr | (kind === WRITE ? DSISR.store : 0));
        this.faultRefused = refilled === 'refused';
        return NO_TRANSLATION;
      }
      state.counters.hashRefill += 1;
      entry = table.find(vsid, offset);
    }
    table.mark(entry, kind === WRITE);
    return table.physical(entry) + (low % pageBytes);
  }

  /** Forgets an address's page, where this thread is in its address space. */
  dropPage(mm: Mm, ea: number): void {
    if (this.parts.owner.state.mmu.ppeContext[this.parts.cpu] !== mm.contextId) return;
    for (let page = ea - (ea % this.parts.pageBytes), i = 0; i < this.parts.pageBytes / 4096; i += 1, page += 4096) {
      this.tlb?.dropTranslation(Math.floor(page / WORD) | 0, (page % WORD) | 0);
    }
  }

  /** The state tree is another one: the address space that this thread is in is another object. */
  restored(tasks: readonly { readonly mm: Mm }[]): void {
    const { owner: { state: { mmu } }, cpu } = this.parts;
    const contextId = mmu.ppeContext[cpu];
    this.current = undefined;
    for (const { mm } of tasks) if (mm.contextId === contextId) this.current = mm;
  }

  dropTlb(): void {
    this.tlb?.flushTlb();
  }

  /** Forgets an address space. */
  dropMm(mm: Mm): void {
    const { owner: { state: { mmu } }, cpu } = this.parts;
    if (mmu.ppeContext[cpu] !== mm.contextId) return;
    mmu.ppeContext[cpu] = 0;
    if (this.current === mm) this.current = undefined;
    this.flushSegments();
  }

  /** Something wrote bytes at a host offset: the reservation goes if they are in its block. */
  otherWrote(hostOffset: number, bytes: number): void {
    if (this.reservation.isHeld && touches(this.reservation.block(this.current), hostOffset, bytes)) this.reservation.lose();
  }

  private tellAccess(eaHigh: number, eaLow: number, host: number, bytes: number, store: boolean): void {
    const { cpu, watches } = this.parts;
    watches.accessed({ by: { kind: 'ppe', cpu }, mm: this.current?.contextId, ea: toAddress(eaHigh, eaLow), host, bytes, store });
  }

  /** An access that crosses into the next 4 KiB page; the address of a fault is the first one on its page. */
  private missAcross(eaHigh: number, eaLow: number, bytes: number, kind: AccessKind): number {
    const nextLow = ((eaLow | PAGE_MASK) + 1) | 0;
    const nextHigh = nextLow === 0 ? (eaHigh + 1) | 0 : eaHigh;
    const first = this.translate(eaHigh, eaLow, kind);
    if (first === NO_TRANSLATION) return 0;
    const second = this.translate(nextHigh, nextLow, kind);
    if (second === NO_TRANSLATION) return 0;
    const { watches, physical } = this.parts;
    const firstBytes = PAGE_MASK + 1 - (eaLow & PAGE_MASK);
    if (watches.any) {
      this.tellAccess(eaHigh, eaLow, physical.map.hostOf(first), firstBytes, kind === WRITE);
      this.tellAccess(nextHigh, nextLow, physical.map.hostOf(second), bytes - firstBytes, kind === WRITE);
    }
    return physical.stage(first, firstBytes, second, bytes - firstBytes, kind === WRITE);
  }

  /** Takes reservations of a block that this thread writes; whether none of its page is left. */
  private takeFromOthers(hostOffset: number, bytes: number): boolean {
    const { lines } = this.parts;
    lines.take(hostOffset, bytes);
    let alone = !lines.isOnPage(hostOffset);
    for (const { reservation, current } of this.others) {
      if (!reservation.isHeld) continue;
      const block = reservation.block(current);
      if (touches(block, hostOffset, bytes)) reservation.lose();
      else if (sharesPage(block, hostOffset)) alone = false;
    }
    return alone;
  }

  private fillWrite(eaHigh: number, eaLow: number, host: number): void {
    if (host - (host % 4096) === this.unwritablePage) this.unwritablePage = NO_BLOCK;
    this.tlb?.fillWrite(eaHigh, eaLow, host);
  }

  private flushSegments(): void {
    const slb = this.parts.owner.state.mmu.ppeSlb[this.parts.cpu];
    if (slb) flushSlb(slb, PPE_SLB);
    this.tlb?.flushTlb();
  }

  private preloadSegment(mm: Mm, address: number): void {
    const slb = this.parts.owner.state.mmu.ppeSlb[this.parts.cpu];
    const esid = Math.floor(address / SEGMENT_BYTES);
    if (slb && address < TASK_SIZE && findSegment(slb, esid) < 0) this.loadSegment(mm, esid);
  }

  /** An entry that is replaced takes its translations with it. */
  private loadSegment(mm: Mm, esid: number): number {
    const slb = this.parts.owner.state.mmu.ppeSlb[this.parts.cpu];
    if (!slb) return 0;
    if (slb.esid[slb.next] !== -1) this.tlb?.flushTlb();
    return loadSegment(slb, PPE_SLB, mm.contextId, esid);
  }

  private fail(eaHigh: number, eaLow: number, kind: AccessKind, dsisr: number): number {
    this.faultHigh = eaHigh;
    this.faultLow = eaLow;
    this.faultKind = kind;
    this.faultTrap = kind === FETCH ? 0x400 : 0x300;
    this.faultDsisr = dsisr;
    this.faultRefused = false;
    return NO_TRANSLATION;
  }

  /** No segment can be there: the address is not the user's. */
  private failSegment(eaHigh: number, eaLow: number, kind: AccessKind): number {
    this.fail(eaHigh, eaLow, kind, kind === WRITE ? DSISR.store : 0);
    this.faultTrap = kind === FETCH ? 0x480 : 0x380;
    return NO_TRANSLATION;
  }

  private register(offset: number): number {
    return this.stateView.getUint32(offset + 4, true) * WORD + this.stateView.getUint32(offset, true);
  }
}
