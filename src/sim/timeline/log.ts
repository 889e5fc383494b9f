/**
 * What happened when: one log of everything that tasks and SPE contexts did, as columns of numbers.
 *
 * The log is no part of the machine's state: copies of it in every checkpoint would be many times the log, and nothing in the
 * machine reads it. What is state is how many entries there have been (`KernelState.timelineEntries`). A machine that was put
 * back counts from there again: as long as it does what it did before, the log has its entries already. With the first one that
 * is different a new future begins, and what was known of the old one goes. What can be seen ends with the count.
 */
import { newKnown, settle, type KnownLane } from './known.ts';
import type { Entry } from './entry.ts';

/** Entries that are kept: about 9 MB. The oldest go first. */
const MOST_ENTRIES = 1 << 18;
const FIRST_ENTRIES = 1 << 12;
/** Different words that are kept; a wait beyond these has none. */
const MOST_TEXTS = 1 << 14;
const NO_TEXT = -1;

interface Columns {
  readonly at: Float64Array;
  /** Of marks: when it began. */
  readonly begun: Float64Array;
  readonly eaHigh: Uint32Array;
  readonly eaLow: Uint32Array;
  readonly lane: Int32Array;
  readonly detail: Int32Array;
  readonly kind: Uint8Array;
}

export class TimelineLog {
  private columns: Columns;
  /** Entries from `first` up to `next` are known. */
  private first = 0;
  private next = 0;
  private readonly texts: string[] = [];
  private readonly textIndex = new Map<string, number>();
  private readonly known = newKnown();
  private readonly entry: Entry = { at: 0, begun: 0, eaHigh: 0, eaLow: 0, lane: 0, detail: 0, kind: 0 };

  constructor(private readonly most = MOST_ENTRIES) {
    this.columns = newColumns(Math.min(FIRST_ENTRIES, most));
  }

  /** The entry with this number, unless the log has it already. */
  write(number: number, at: number, lane: number, kind: number, detail: number, begun: number, eaHigh: number, eaLow: number): void {
    if (number < this.next) {
      const { columns } = this;
      const i = number % columns.at.length;
      if (columns.at[i] === at && columns.lane[i] === lane && columns.kind[i] === kind && columns.detail[i] === detail) return;
      this.next = number;
    }
    if (number - this.first === this.columns.at.length) this.makeRoom();
    const { columns } = this;
    const i = number % columns.at.length;
    columns.at[i] = at;
    columns.begun[i] = begun;
    columns.eaHigh[i] = eaHigh;
    columns.eaLow[i] = eaLow;
    columns.lane[i] = lane;
    columns.detail[i] = detail;
    columns.kind[i] = kind;
    this.next = number + 1;
  }

  /** A new future begins after so many entries. */
  forgetFrom(count: number): void {
    this.next = Math.min(this.next, count);
  }

  /** Whether what was before the entry with this number has been let go of. */
  hasForgotten(number: number): boolean {
    return number < this.first;
  }

  /** Knows nothing but what comes from now on, and the lanes that `know` is told of. */
  beginAt(number: number, cycle: number): void {
    this.first = number;
    this.next = number;
    this.known.lanes.clear();
    this.known.begin = cycle;
  }

  know(lane: number, known: KnownLane): void {
    this.known.lanes.set(lane, known);
  }

  /** Cycle from which on everything is known. */
  get begin(): number {
    return this.known.begin;
  }

  /** What lanes did at `begin`. */
  get lanesAtBegin(): ReadonlyMap<number, KnownLane> {
    return this.known.lanes;
  }

  /** Every entry that is known among the first `count`, in their order: that of cycles in each lane, but for what processors run ahead of each other. */
  forEach(count: number, visit: (entry: Readonly<Entry>) => void): void {
    for (let number = this.first; number < Math.min(count, this.next); number += 1) visit(this.read(number));
  }

  text(index: number): string | undefined {
    return this.texts[index];
  }

  /** The number of a text. */
  intern(text: string): number {
    const known = this.textIndex.get(text);
    if (known !== undefined) return known;
    if (this.texts.length === MOST_TEXTS) return NO_TEXT;
    this.textIndex.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }

  private read(number: number): Entry {
    const { entry, columns } = this;
    const i = number % columns.at.length;
    entry.at = columns.at[i] ?? 0;
    entry.begun = columns.begun[i] ?? 0;
    entry.eaHigh = columns.eaHigh[i] ?? 0;
    entry.eaLow = columns.eaLow[i] ?? 0;
    entry.lane = columns.lane[i] ?? 0;
    entry.detail = columns.detail[i] ?? 0;
    entry.kind = columns.kind[i] ?? 0;
    return entry;
  }

  /** Twice as many places, or the place of the oldest. */
  private makeRoom(): void {
    const { length } = this.columns.at;
    if (length >= this.most) {
      const oldest = this.read(this.first);
      settle(this.known, oldest);
      this.known.begin = Math.max(this.known.begin, oldest.at);
      this.first += 1;
      return;
    }
    const { columns: old } = this;
    const columns = newColumns(Math.min(length * 2, this.most));
    for (let number = this.first; number < this.next; number += 1) {
      const from = number % length;
      const to = number % columns.at.length;
      columns.at[to] = old.at[from] ?? 0;
      columns.begun[to] = old.begun[from] ?? 0;
      columns.eaHigh[to] = old.eaHigh[from] ?? 0;
      columns.eaLow[to] = old.eaLow[from] ?? 0;
      columns.lane[to] = old.lane[from] ?? 0;
      columns.detail[to] = old.detail[from] ?? 0;
      columns.kind[to] = old.kind[from] ?? 0;
    }
    this.columns = columns;
  }
}

function newColumns(n: number): Columns {
  return {
    at: new Float64Array(n), begun: new Float64Array(n), eaHigh: new Uint32Array(n), eaLow: new Uint32Array(n),
    lane: new Int32Array(n), detail: new Int32Array(n), kind: new Uint8Array(n),
  };
}
