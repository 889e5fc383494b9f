/** Runs the machine in slices of host time, between which the client's messages get in. */
import type { AdapterHost } from '../host.ts';
import type { GuestOutput } from './guestOutput.ts';
import { Pace } from './pace.ts';

/** What is run. */
export interface SlicedWork {
  /** Runs for some cycles. True when they were used up, and the time that this took says how long others will. */
  run(cycles: number): boolean;
  /** A slice is over and another one follows. */
  sliceDone(): void;
  /** The machine made a mistake. */
  failed(error: unknown): void;
}

const SLICE_MS = 8;

export class Slices {
  private readonly pace = new Pace();
  /** Slices of an earlier start find another number here and end. */
  private turn = 0;
  private isRunning = false;

  constructor(private readonly host: AdapterHost, private readonly output: GuestOutput, private readonly work: SlicedWork) {}

  /** The first slice comes when the messages that wait have been heard. */
  start(): void {
    this.stop();
    this.isRunning = true;
    const { turn } = this;
    this.host.yieldSlice(() => { this.slice(turn); });
  }

  stop(): void {
    this.turn += 1;
    this.isRunning = false;
  }

  private slice(turn: number): void {
    if (turn !== this.turn) return;
    // A program whose output has not gone out yet waits.
    if (this.output.flush()) this.runGuarded();
    this.output.flush();
    if (turn !== this.turn) return;
    this.work.sliceDone();
    this.host.yieldSlice(() => { this.slice(turn); });
  }

  private runGuarded(): void {
    try {
      this.runSlice();
    } catch (error) {
      this.work.failed(error);
    }
  }

  private runSlice(): void {
    const { host, output, pace } = this;
    const start = host.now();
    for (let now = start; now - start < SLICE_MS && this.isRunning && !output.isFull;) {
      const isUsedUp = this.work.run(pace.cycles);
      const before = now;
      now = host.now();
      if (isUsedUp) pace.took(now - before);
    }
  }
}
