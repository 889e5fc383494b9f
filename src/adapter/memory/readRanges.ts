/** Memory that the client has looked at: it is told when that may have changed, so that its memory views show what is there. */
import type { Client } from '../session/client.ts';
import type { Outbound } from '../session/outbound.ts';

/** Places that are remembered; the one that was looked at longest ago is forgotten. */
const MOST_PLACES = 64;

interface Range {
  readonly start: number;
  readonly end: number;
}

export class ReadRanges {
  private readonly ranges = new Map<string, Range>();

  constructor(private readonly outbound: Outbound, private readonly client: () => Client) {}

  /** The client read bytes; it hears of changes by the reference that it used. */
  add(memoryReference: string, offset: number, count: number): void {
    if (!this.client().hasMemoryEvent || count === 0) return;
    const { ranges } = this;
    const known = ranges.get(memoryReference);
    ranges.delete(memoryReference);
    ranges.set(memoryReference, { start: Math.min(offset, known?.start ?? offset), end: Math.max(offset + count, known?.end ?? 0) });
    const [oldest] = ranges.keys();
    if (ranges.size > MOST_PLACES && oldest !== undefined) ranges.delete(oldest);
  }

  /** The program ran, or the user set something. */
  changed(): void {
    for (const [memoryReference, { start, end }] of this.ranges) this.outbound.event('memory', { memoryReference, offset: start, count: end - start });
  }

  /** What was read belongs to a program that is gone. */
  clear(): void {
    this.ranges.clear();
  }
}
