/**
 * Data watchpoints in one SPE's local store. An SPU loads and stores whole quadwords: a load
 * counts where the quadword has a watched byte, a store where it changes one.
 */
import type { LocalStoreEngine } from '../engine/localStoreEngine.ts';
import type { WatchedRange } from '../engine/localCode.ts';
import type { Watches } from '../mmu/watches.ts';

const QUADWORD_BYTES = 16;

export class LocalWatches {
  private ranges: readonly WatchedRange[] = [];
  /** What the bytes of each range were when they were looked at last. */
  private known: readonly Uint8Array[] = [];

  constructor(private readonly spe: number, private readonly localStore: number, private readonly memory: Uint8Array, private readonly watches: Watches) {}

  /** Before the SPU runs: others may have written, and another context may be here. */
  use(engine: LocalStoreEngine): void {
    const ranges = this.watches.inLocalStore(this.spe, this.localStore);
    if (ranges !== this.ranges) {
      this.ranges = ranges;
      engine.setWatches(ranges);
    }
    if (ranges.length > 0) this.known = ranges.map((range) => this.bytesOf(range));
  }

  /** The SPU stored the quadword at an address, or is about to load it. */
  accessed(address: number, store: boolean): void {
    this.ranges.forEach((range, index) => {
      if (address >= range.end || address + QUADWORD_BYTES <= range.start || !(store ? range.write : range.read)) return;
      const before = this.known[index];
      if (store && before && !this.isChanged(range, before)) return;
      const start = Math.max(address, range.start);
      this.watches.accessed({
        by: { kind: 'spu', spe: this.spe }, mm: undefined, ea: undefined, host: this.localStore + start,
        bytes: Math.min(address + QUADWORD_BYTES, range.end) - start, store, ...(store && before ? { before } : {}),
      });
    });
  }

  private isChanged({ start }: WatchedRange, before: Uint8Array): boolean {
    return before.some((byte, i) => byte !== this.memory[this.localStore + start + i]);
  }

  private bytesOf({ start, end }: WatchedRange): Uint8Array {
    return this.memory.slice(this.localStore + start, this.localStore + end);
  }
}
