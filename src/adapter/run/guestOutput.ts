/**
 * What the program and the machine print, in order. Output is gathered during a slice; a
 * program that prints faster than a client can take is slowed down, never cut off.
 */
import type { Outbound } from '../session/outbound.ts';

type Category = 'stdout' | 'stderr' | 'console';

/** Characters in one event, and those that may go out in one interval of host time. */
const MOST_IN_EVENT = 16_384;
const MOST_IN_INTERVAL = 65_536;
const INTERVAL_MS = 50;

export class GuestOutput {
  private readonly decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  private pending: { readonly category: Category; text: string }[] = [];
  private waiting = 0;
  private sent = 0;
  private intervalStart = -Infinity;

  constructor(private readonly outbound: Outbound, private readonly now: () => number) {}

  bytes(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    this.add(stream, this.decoders[stream].decode(bytes, { stream: true }));
  }

  /** A line for the debug console. */
  console(line: string): void {
    this.add('console', `${line}\n`);
  }

  /** So much is waiting that the slice should end. */
  get isFull(): boolean {
    return this.waiting >= MOST_IN_INTERVAL;
  }

  /** Sends what may go out now. True when all of it has gone. */
  flush(): boolean {
    const now = this.now();
    if (now - this.intervalStart >= INTERVAL_MS) {
      this.intervalStart = now;
      this.sent = 0;
    }
    while (this.sent < MOST_IN_INTERVAL && this.sendNext());
    return this.waiting === 0;
  }

  /** Sends everything: the program has stopped or ended. */
  flushAll(): void {
    while (this.sendNext());
  }

  /** The program has ended: what is left of an incomplete character goes out too. */
  end(): void {
    for (const stream of ['stdout', 'stderr'] as const) this.add(stream, this.decoders[stream].decode());
    this.flushAll();
  }

  private sendNext(): boolean {
    const [first] = this.pending;
    if (!first) return false;
    const output = first.text.slice(0, MOST_IN_EVENT);
    first.text = first.text.slice(MOST_IN_EVENT);
    if (first.text === '') this.pending.shift();
    this.waiting -= output.length;
    this.sent += output.length;
    this.outbound.event('output', { category: first.category, output });
    return true;
  }

  private add(category: Category, text: string): void {
    if (text === '') return;
    this.waiting += text.length;
    const last = this.pending.at(-1);
    if (last?.category === category) last.text += text;
    else this.pending.push({ category, text });
  }
}
