/**
 * A direct-mapped software TLB in the machine's memory. An entry holds the EA of a 4 KiB page
 * (i64) and a number for it (i32): the distance from EA to host offset, or the offset of the
 * page's records. Addresses are two 32-bit halves, signed or not.
 */
import { PAGE_BYTES, TLB_ENTRY_BYTES } from './layout.ts';

/** A tag that no page has: page addresses end in twelve zeros. */
const EMPTY = 1;
const WORDS = TLB_ENTRY_BYTES / 4;
const PAGE_SHIFT = Math.log2(PAGE_BYTES);

export class SoftTlb {
  private readonly words: Int32Array;

  constructor(buffer: ArrayBufferLike, offset: number, private readonly entries: number) {
    this.words = new Int32Array(buffer, offset, entries * WORDS);
  }

  fill(eaHigh: number, eaLow: number, value: number): void {
    const at = this.place(eaLow);
    this.words[at] = eaLow & -PAGE_BYTES;
    this.words[at + 1] = eaHigh;
    this.words[at + 2] = value;
  }

  /** Forgets the page of an address. */
  drop(eaHigh: number, eaLow: number): void {
    const at = this.place(eaLow);
    if (this.words[at] === (eaLow & -PAGE_BYTES) && this.words[at + 1] === (eaHigh | 0)) this.words[at] = EMPTY;
  }

  holds(eaHigh: number, eaLow: number): boolean {
    const at = this.place(eaLow);
    return this.words[at] === (eaLow & -PAGE_BYTES) && this.words[at + 1] === (eaHigh | 0);
  }

  flush(): void {
    for (let at = 0; at < this.words.length; at += WORDS) this.words[at] = EMPTY;
  }

  /** Forgets all pages for which `test` says so. */
  dropWhere(test: (eaLow: number, value: number) => boolean): void {
    const { words } = this;
    for (let at = 0; at < words.length; at += WORDS) {
      const tag = words[at] ?? EMPTY;
      if (tag !== EMPTY && test(tag, words[at + 2] ?? 0)) words[at] = EMPTY;
    }
  }

  /** Calls `found` with the address (as a number) and value of every entry. */
  forEach(found: (ea: number, value: number) => void): void {
    const { words } = this;
    for (let at = 0; at < words.length; at += WORDS) {
      const tag = words[at] ?? EMPTY;
      if (tag !== EMPTY) found(toAddress(words[at + 1] ?? 0, tag), (words[at + 2] ?? 0) >>> 0);
    }
  }

  private place(eaLow: number): number {
    return ((eaLow >>> PAGE_SHIFT) & (this.entries - 1)) * WORDS;
  }
}

/** An address as a number; exact below 2^53. */
export function toAddress(high: number, low: number): number {
  return (high >>> 0) * 0x1_0000_0000 + (low >>> 0);
}
