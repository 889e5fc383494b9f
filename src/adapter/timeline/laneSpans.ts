/** What one lane does, span by span; of spans that are too short for a picture one stands for all. */

/** The part of time that is asked for. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
  /** What is shorter is merged. */
  readonly cyclesPerPoint: number;
}

/** `kind` and `detail` are those of the entry that began it (`sim/timeline/entry.ts`). */
export interface Span {
  readonly from: number;
  to: number;
  readonly kind: number;
  readonly detail: number;
  /** More than one: those between `from` and `to` were too short to be told apart. */
  count: number;
  /** The fault that it is part of. */
  fault: number | undefined;
}

export class LaneSpans {
  readonly spans: Span[] = [];
  /** What it does now: `kind` is NaN where that is nothing. */
  private now = { from: 0, kind: NaN, detail: 0 };
  /** What it did before: it may go on, where what came between took no time. */
  private before = { from: 0, to: -1, kind: NaN, detail: 0 };
  /** Short spans that nothing is known of yet but that they are short. */
  private merged: Span | undefined;

  constructor(private readonly window: TimeWindow) {}

  /** From a cycle on it does something, or with NaN nothing. What processors do ahead of each other is put in order. */
  change(at: number, kind: number, detail = 0): void {
    const { now, before } = this;
    if (kind === now.kind && detail === now.detail) return;
    const since = Math.max(at, now.from);
    if (since > now.from) this.hasDone(since);
    if (before.to === since && before.kind === kind && before.detail === detail) {
      now.from = before.from;
      before.kind = NaN;
    } else {
      now.from = since;
    }
    now.kind = kind;
    now.detail = detail;
  }

  /** It does nothing more, where it still did this. */
  stop(at: number, detail: number): void {
    if (detail === this.now.detail) this.change(at, NaN);
  }

  /** Nothing is known beyond this cycle. */
  finish(end: number): void {
    this.change(end, NaN);
    this.keep();
    this.flush();
  }

  /** A fault was decided: its waits belong to it. @param waits kind of a span that is one. */
  claim(begun: number, decided: number, fault: number, waits: number): void {
    this.keep();
    for (let i = this.spans.length - 1; i >= 0; i -= 1) {
      const span = this.spans[i];
      if (!span || span.to <= begun) return;
      if (span.kind === waits && span.count === 1 && span.from >= begun && span.to <= decided) span.fault = fault;
    }
  }

  private hasDone(to: number): void {
    const { now, before } = this;
    this.keep();
    before.from = now.from;
    before.to = to;
    before.kind = now.kind;
    before.detail = now.detail;
  }

  /** What it did before will not go on. */
  private keep(): void {
    const { before: { from, to, kind, detail }, merged, window } = this;
    this.before.kind = NaN;
    if (Number.isNaN(kind) || to < window.from || from > window.to) return;
    if (to - from >= window.cyclesPerPoint) {
      this.flush();
      this.spans.push({ from, to, kind, detail, count: 1, fault: undefined });
    } else if (merged && merged.to - merged.from < window.cyclesPerPoint && from - merged.to < window.cyclesPerPoint) {
      merged.to = to;
      merged.count += 1;
    } else {
      this.flush();
      this.merged = { from, to, kind, detail, count: 1, fault: undefined };
    }
  }

  private flush(): void {
    if (this.merged) this.spans.push(this.merged);
    this.merged = undefined;
  }
}
