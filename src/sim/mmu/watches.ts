/** Data watchpoints on effective addresses. Their pages stay out of the TLBs, so that every access asks here. */

export interface Watch {
  readonly start: number;
  /** First byte beyond. */
  readonly end: number;
  readonly read: boolean;
  readonly write: boolean;
}

/** An access to watched bytes; it is about to be made. */
export interface WatchHit {
  readonly watch: Watch;
  readonly ea: number;
  readonly bytes: number;
  readonly store: boolean;
}

const WORD = 2 ** 32;
const PAGE_BYTES = 4096;

export class Watches {
  private list: readonly Watch[] = [];
  private readonly pages = new Set<number>();
  private onHit: (hit: WatchHit) => void = () => undefined;

  /** Replaces all watches; the TLBs have to be flushed by the caller. */
  set(watches: readonly Watch[], onHit: (hit: WatchHit) => void): void {
    this.list = watches;
    this.onHit = onHit;
    this.pages.clear();
    for (const { start, end } of watches) {
      for (let page = Math.floor(start / PAGE_BYTES); page * PAGE_BYTES < end; page += 1) this.pages.add(page);
    }
  }

  isWatched(eaHigh: number, eaLow: number): boolean {
    return this.pages.size > 0 && this.pages.has(Math.floor(address(eaHigh, eaLow) / PAGE_BYTES));
  }

  /** Reports an access if it touches a watched range. */
  accessed(eaHigh: number, eaLow: number, bytes: number, store: boolean): void {
    const ea = address(eaHigh, eaLow);
    const watch = this.list.find(({ start, end, read, write }) => ea < end && ea + bytes > start && (store ? write : read));
    if (watch) this.onHit({ watch, ea, bytes, store });
  }
}

function address(high: number, low: number): number {
  return (high >>> 0) * WORD + (low >>> 0);
}
