/**
 * Which pages of a machine's memory hold decoded code, of whichever processor. Shared by the
 * engines of a machine, so that a store by one of them, or by the host, reaches the records
 * of all. Pages are 4 KiB of host memory, the local stores included.
 */
import { PAGE_BYTES } from './layout.ts';

/** A processor that keeps decoded code, or that may store without asking the host. */
export interface CodeWatcher {
  /** The words at these host offsets have changed: decode them again. */
  dropRecords(hostOffset: number, length: number): void;
  /** Stores to this page must be reported from now on. */
  forbidWrites(hostPage: number): void;
}

const MOST_WATCHERS = 32;
/** Stores that a page of code takes before it counts as data until it is executed again. */
const STORES_TO_BECOME_DATA = 32;

export class CodeWatch {
  private readonly watchers: CodeWatcher[] = [];
  /** For each page, one bit for each watcher that has records of it. */
  private readonly holders: Uint32Array;
  /** For each page, the stores since it was claimed. */
  private readonly stores: Uint8Array;

  constructor(memoryBytes: number) {
    this.holders = new Uint32Array(Math.ceil(memoryBytes / PAGE_BYTES));
    this.stores = new Uint8Array(this.holders.length);
  }

  /** Adds a processor; its number goes into `claim` and `release`. */
  join(watcher: CodeWatcher): number {
    if (this.watchers.length === MOST_WATCHERS) {
      throw new RangeError(`A machine can have at most ${String(MOST_WATCHERS)} processors.`);
    }
    return this.watchers.push(watcher) - 1;
  }

  /** The processor has records of the page from now on. */
  claim(member: number, hostOffset: number): void {
    const page = Math.floor(hostOffset / PAGE_BYTES);
    const before = this.holders[page] ?? 0;
    if ((before >>> member) & 1) return;
    this.holders[page] = before | (1 << member);
    if (before !== 0) return;
    this.stores[page] = 0;
    for (const watcher of this.watchers) watcher.forbidWrites(page * PAGE_BYTES);
  }

  /** The processor has no records of the page any more. */
  release(member: number, hostOffset: number): void {
    const page = Math.floor(hostOffset / PAGE_BYTES);
    this.holders[page] = (this.holders[page] ?? 0) & ~(1 << member);
  }

  /** Whether a store to this host offset has to be reported. */
  holdsCode(hostOffset: number): boolean {
    return this.holders[Math.floor(hostOffset / PAGE_BYTES)] !== 0;
  }

  /** Bytes were changed by other means than a processor's store. */
  written(hostOffset: number, length: number): void {
    const last = Math.floor((hostOffset + length - 1) / PAGE_BYTES);
    for (let page = Math.floor(hostOffset / PAGE_BYTES); page <= last; page++) {
      if (this.holders[page] === 0) continue;
      const from = Math.max(hostOffset, page * PAGE_BYTES);
      this.drop(page, from, Math.min(hostOffset + length, (page + 1) * PAGE_BYTES) - from);
    }
  }

  /**
   * A processor stored to a page that holds code. Pages of code that are stored to often (a
   * stack with a signal trampoline, a local store polled by the PPE) become data, so that the
   * stores get fast again.
   */
  stored(hostOffset: number, bytes: number): void {
    const page = Math.floor(hostOffset / PAGE_BYTES);
    const stores = (this.stores[page] ?? 0) + 1;
    this.stores[page] = stores;
    if (stores < STORES_TO_BECOME_DATA) this.drop(page, hostOffset, bytes);
    else this.drop(page, page * PAGE_BYTES, PAGE_BYTES);
  }

  private drop(page: number, hostOffset: number, length: number): void {
    const holders = this.holders[page] ?? 0;
    if (length === PAGE_BYTES) this.holders[page] = 0;
    this.watchers.forEach((watcher, member) => {
      if ((holders >>> member) & 1) watcher.dropRecords(hostOffset, length);
    });
  }
}
