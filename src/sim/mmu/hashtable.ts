/**
 * The hashed page table: PTEGs of eight entries of 16 bytes, big-endian in the machine's memory
 * (PowerPC AS Book III, 4.5; facts 6.4). A cache of the Linux page tables, refilled by the
 * kernel's hash_page.
 *
 * An entry's first doubleword V holds the AVPN (VSID and high bits of the page index) from bit
 * 7 of the value up, and flags; its second, R, the real page address and flags.
 */
import type { MmuOwner } from './owner.ts';

const HPTE_V_VALID = 0x1;
const HPTE_V_SECONDARY = 0x2;
const HPTE_V_LARGE = 0x4;
const HPTE_V_BOLTED = 0x10;
/** Page protection of user pages: written or only read. */
export const HPTE_R_PP = 0x3;
export const PP_READ_WRITE = 2;
export const PP_READ_ONLY = 3;
export const HPTE_R_NO_EXECUTE = 0x4;
const HPTE_R_CHANGED = 0x80;
const HPTE_R_REFERENCED = 0x100;

const ENTRIES_PER_GROUP = 8;
const ENTRY_BYTES = 16;
const GROUP_BYTES = ENTRIES_PER_GROUP * ENTRY_BYTES;
const SEGMENT_MASK = 0x0fff_ffff;
/** Bits of the page index, in units of 8 MiB, that the hash does not give back: the low part of the AVPN. */
const ABBREVIATED_SHIFT = 23;
const WORD = 2 ** 32;
/** V is `avpn << 7 | flags`; the AVPN has 36 bits of VSID and 5 of page index. */
const AVPN_UNIT = 128;

/** A page of virtual memory, as the hash needs it. */
export interface VirtualPage {
  readonly vsid: number;
  /** Offset in the segment. */
  readonly offset: number;
}

/** Where the hash of a page leads: two groups, and the entry in one of them where there is one. */
export interface HashWay {
  /** 39 bits. */
  readonly hash: number;
  readonly primaryGroup: number;
  readonly secondaryGroup: number;
  readonly entry: {
    readonly group: number;
    /** Place in the group, 0 to 7. */
    readonly slot: number;
    readonly isSecondary: boolean;
    readonly v: number;
    readonly r: number;
    /** Real address of the page. */
    readonly physical: number;
  } | undefined;
}

export class HashTable {
  private readonly view: DataView;
  private readonly groupMask: number;

  constructor(
    memory: ArrayBufferLike,
    private readonly base: number,
    bytes: number,
    private readonly pageShift: number,
    private readonly owner: MmuOwner,
  ) {
    this.view = new DataView(memory, base, bytes);
    this.groupMask = bytes / GROUP_BYTES - 1;
  }

  /** Entry of a page, as its offset in the table, or -1. */
  find(vsid: number, offset: number): number {
    const hash = this.hash(vsid, offset);
    const avpn = avpnOf(vsid, offset);
    const primary = this.search((hash & this.groupMask) * GROUP_BYTES, avpn, 0);
    if (primary >= 0) return primary;
    return this.search((~hash & this.groupMask) * GROUP_BYTES, avpn, HPTE_V_SECONDARY);
  }

  /** How an access finds a page, without marking its entry. */
  way(vsid: number, offset: number): HashWay {
    const low = this.hash(vsid, offset);
    const at = this.find(vsid, offset);
    return {
      hash: (Math.floor(vsid / WORD) % 128) * WORD + (low >>> 0),
      primaryGroup: low & this.groupMask,
      secondaryGroup: ~low & this.groupMask,
      entry: at < 0 ? undefined : {
        group: Math.floor(at / GROUP_BYTES), slot: (at % GROUP_BYTES) / ENTRY_BYTES, isSecondary: (this.read(at) & HPTE_V_SECONDARY) !== 0,
        v: this.read(at), r: this.read(at + 8), physical: this.physical(at),
      },
    };
  }

  /**
   * Puts a page in: into its primary group, its secondary group, or in place of another entry.
   * @returns the entry.
   */
  insert(vsid: number, offset: number, physical: number, rFlags: number, evicted: () => void): number {
    const hash = this.hash(vsid, offset);
    const avpn = avpnOf(vsid, offset);
    const primary = (hash & this.groupMask) * GROUP_BYTES;
    const secondary = (~hash & this.groupMask) * GROUP_BYTES;
    let entry = this.freeEntry(primary);
    let flags = HPTE_V_VALID | (this.pageShift > 12 ? HPTE_V_LARGE : 0);
    if (entry < 0) {
      entry = this.freeEntry(secondary);
      if (entry < 0) entry = this.makeRoom(primary, secondary, evicted);
      if (entry >= secondary && entry < secondary + GROUP_BYTES) flags |= HPTE_V_SECONDARY;
    }
    this.write(entry, avpn * AVPN_UNIT + flags);
    this.write(entry + 8, physical + rFlags);
    return entry;
  }

  invalidate(entry: number): void {
    this.write(entry, 0);
  }

  /** Removes all entries; the caller flushes the TLBs. */
  clear(): void {
    for (let entry = 0; entry < this.view.byteLength; entry += ENTRY_BYTES) this.write(entry, 0);
  }

  physical(entry: number): number {
    const r = this.read(entry + 8);
    return r - (r % 4096);
  }

  rFlags(entry: number): number {
    return this.view.getUint32(entry + 12) & 0xfff;
  }

  /** The hardware notes a use: R, and C for a store. */
  mark(entry: number, store: boolean): void {
    const low = this.view.getUint32(entry + 12);
    const marked = (low | HPTE_R_REFERENCED | (store ? HPTE_R_CHANGED : 0)) >>> 0;
    if (marked !== low) this.view.setUint32(entry + 12, marked);
  }

  setRFlags(entry: number, flags: number): void {
    const low = this.view.getUint32(entry + 12);
    this.view.setUint32(entry + 12, (low & ~0xfff) | flags);
  }

  /** Virtual page of a valid entry, for whoever looks at the table. */
  pageOf(entry: number): VirtualPage {
    const v = this.read(entry);
    const avpn = Math.floor(v / AVPN_UNIT);
    const vsid = Math.floor(avpn / 32);
    const group = Math.floor(entry / GROUP_BYTES);
    const hash = (v & HPTE_V_SECONDARY) !== 0 ? ~group : group;
    const index = (hash ^ vsid) & this.groupMask & (SEGMENT_MASK >> this.pageShift);
    const offset = ((avpn % 32) << ABBREVIATED_SHIFT) | ((index << this.pageShift) & ((1 << ABBREVIATED_SHIFT) - 1));
    return { vsid, offset };
  }

  isValid(entry: number): boolean {
    return (this.view.getUint32(entry + 4) & HPTE_V_VALID) !== 0;
  }

  /** Only the low bits of the 39-bit hash choose the group: no table has more than 2^25 of them. */
  private hash(vsid: number, offset: number): number {
    return (vsid % WORD) ^ (offset >>> this.pageShift);
  }

  private search(group: number, avpn: number, secondary: number): number {
    const v = avpn * AVPN_UNIT;
    const high = Math.floor(v / WORD);
    const low = (v | secondary | HPTE_V_VALID) >>> 0;
    const ignored = ~(HPTE_V_LARGE | HPTE_V_BOLTED);
    for (let entry = group; entry < group + GROUP_BYTES; entry += ENTRY_BYTES) {
      if ((this.view.getUint32(entry + 4) & ignored) >>> 0 === low && this.view.getUint32(entry) === high) return entry;
    }
    return -1;
  }

  private freeEntry(group: number): number {
    for (let entry = group; entry < group + GROUP_BYTES; entry += ENTRY_BYTES) if (!this.isValid(entry)) return entry;
    return -1;
  }

  /** Both groups are full: the counter's lowest bit chooses the group, the next three the first slot to try. */
  private makeRoom(primary: number, secondary: number, evicted: () => void): number {
    const { mmu } = this.owner.state;
    const choice = mmu.evictions;
    mmu.evictions += 1;
    const group = (choice & 1) !== 0 ? primary : secondary;
    for (let i = 0; i < ENTRIES_PER_GROUP; i += 1) {
      const entry = group + (((choice >> 1) + i) % ENTRIES_PER_GROUP) * ENTRY_BYTES;
      if ((this.view.getUint32(entry + 4) & HPTE_V_BOLTED) !== 0) continue;
      evicted();
      return entry;
    }
    throw new Error(`Every entry of the hash-table groups at ${String(this.base + primary)} and ${String(this.base + secondary)} is bolted.`);
  }

  private read(offset: number): number {
    return this.view.getUint32(offset) * WORD + this.view.getUint32(offset + 4);
  }

  private write(offset: number, value: number): void {
    this.view.setUint32(offset, Math.floor(value / WORD));
    this.view.setUint32(offset + 4, value % WORD);
  }
}

function avpnOf(vsid: number, offset: number): number {
  return vsid * 32 + (offset >>> ABBREVIATED_SHIFT);
}
