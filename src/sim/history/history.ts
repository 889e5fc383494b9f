/**
 * The history of a machine: checkpoints, and the log of what came from outside. To go to an
 * earlier place the machine is put back to the checkpoint before it and runs there again, with the
 * same inputs; what it printed is not printed twice.
 */
import type { Kernel } from '../kernel/kernel.ts';
import { placeOf } from '../run/order.ts';
import type { RunLoop } from '../run/loop.ts';
import type { DebugControl, Stop } from '../run/stop.ts';
import { timelineWentBack } from '../timeline/record.ts';
import { type Checkpoint, type CheckpointParts, keyOf, putBack, release, runnerOf, takeCheckpoint } from './checkpoint.ts';
import { Copies } from './copies.ts';
import { giveInput, type Input, type LoggedInput } from './input.ts';
import { Pieces } from './pieces.ts';
import { leastMissed } from './thinning.ts';

/** Instructions between two checkpoints, at least. */
const SPACING = 4_000_000;
/** The same for each byte that a checkpoint has to look at: a few per cent of the time go into checkpoints, however large the machine. */
const SPACING_PER_BYTE = 16;
/** Checkpoints besides those of inputs, at most: finding one stays cheap. */
const MOST_CHECKPOINTS = 400;

export interface HistoryParts extends Pick<CheckpointParts, 'order' | 'hardware'> {
  readonly kernel: Kernel;
  readonly control: DebugControl;
  readonly loop: RunLoop;
}

export class History {
  private readonly parts: CheckpointParts;
  private list: Checkpoint[] = [];
  private log: LoggedInput[] = [];
  /** Inputs that the machine has had, where it is now. */
  private given = 0;
  /** The furthest place that it has been to in this future. */
  private furthest = 0;
  private furthestCycle = 0;
  private furthestFaults = 0;
  /** Where the next checkpoint is due. */
  private due = 0;
  private finer = Infinity;

  /** @param limit bytes that the copies may take; the first checkpoint and those of edits are kept in any case. */
  constructor(private readonly machine: HistoryParts, private readonly limit: number) {
    const { hardware, order, kernel: { state } } = machine;
    this.parts = { state, order, hardware, pieces: new Pieces(hardware.layout), copies: new Copies(new Int32Array(hardware.bytes.buffer)) };
  }

  get checkpoints(): readonly Checkpoint[] { return this.list; }
  get place(): number { return placeOf(this.parts.state, this.parts.order); }
  /** The place where the past ends, and its cycle. */
  get present(): number { return this.furthest; }
  get presentCycle(): number { return this.furthestCycle; }
  /** Faults up to the present. */
  get faults(): number { return this.furthestFaults; }
  get bytes(): number { return this.list.reduce((sum, { stored }) => sum + stored, this.parts.copies.bytes); }
  get isPast(): boolean { return this.place < this.furthest || this.given < this.log.length; }
  /** What the program does now it has done before: it was told of then. */
  get isRepeating(): boolean { return this.place < this.furthest; }

  /** Runs like the machine's `run`, up to `until` at most: then the stop is `there`. In the past with the inputs that came then. */
  run(cycles: number, until: number): Stop {
    const { control, loop } = this.machine;
    this.giveDue();
    const { place } = this;
    if (place >= this.due) this.take();
    control.until = Math.min(until, this.log[this.given]?.place ?? Infinity, this.due, place < this.furthest ? this.furthest : Infinity);
    const stop = place >= until ? { kind: 'there' } as const : loop.run(cycles);
    control.until = Infinity;
    const now = this.place;
    if (now >= this.furthest) this.isFurthest();
    return stop.kind === 'there' && now < until ? { kind: 'budget' } : stop;
  }

  /** Something from outside. In the past it begins a new future; whether it did. */
  input(input: Input): boolean {
    const isNew = this.forgetFuture();
    this.log.push({ place: this.place, ...input });
    this.give(input);
    this.given = this.log.length;
    return isNew;
  }

  /** A debugger changes the machine. In the past that begins a new future; whether it did. */
  edited(): boolean {
    const isNew = this.forgetFuture();
    const last = this.log.at(-1);
    // Of several edits at one place the last one has them all.
    if (last?.kind === 'edit' && last.place === this.place) this.drop(last.after);
    if (last?.kind === 'edit' && last.place === this.place) this.log.pop();
    const after = takeCheckpoint(this.parts, this.before(this.place + 1), { inputs: this.log.length + 1, only: this.only, isInput: true, stored: this.stored });
    this.log.push({ place: this.place, kind: 'edit', after });
    this.given = this.log.length;
    this.insert(after);
    return isNew;
  }

  /** The last checkpoint before a place. */
  before(place: number): Checkpoint | undefined {
    return this.list.findLast((checkpoint) => checkpoint.place < place);
  }

  /** Puts the machine back to a checkpoint. */
  restore(checkpoint: Checkpoint): void {
    putBack(this.parts, checkpoint);
    timelineWentBack(this.machine.kernel);
    this.given = checkpoint.inputs;
    const { control } = this.machine;
    control.only = checkpoint.only && runnerOf(this.parts, checkpoint.only);
    control.stepping = undefined;
    control.pending = undefined;
    this.due = checkpoint.place + this.spacing;
  }

  /** From here on checkpoints are taken at this distance, where that is less than it would be. */
  refine(spacing: number): void {
    this.finer = spacing;
    this.due = Math.min(this.due, this.place + this.spacing);
  }

  /** Takes a checkpoint here and now, and makes room for it. */
  take(): void {
    const { place } = this;
    this.due = place + this.spacing;
    const earlier = this.before(place + 1);
    if (earlier?.place === place && earlier.inputs === this.given) return;
    this.insert(takeCheckpoint(this.parts, earlier, { inputs: this.given, only: this.only, isInput: false, stored: this.stored }));
    this.makeRoom();
  }

  private get only() {
    const { only } = this.machine.control;
    return only && keyOf(only);
  }

  /** Bytes that the disk and the swap device have now. */
  private get stored(): number {
    const { diskUsed, swap } = this.parts.state.frames;
    return (diskUsed + swap.used.size) * this.machine.kernel.configuration.pageBytes;
  }

  private get spacing(): number {
    const { frames } = this.parts.state;
    const { layout } = this.parts.hardware;
    const looked = layout.htabBytes + layout.spes.length * (layout.spes[1] ? layout.spes[1].localStore - (layout.spes[0]?.localStore ?? 0) : 0) + frames.used * 4096 + this.stored;
    return Math.min(Math.max(SPACING, looked * SPACING_PER_BYTE), this.finer);
  }

  private giveDue(): void {
    for (let next = this.log[this.given]; next && next.place <= this.place; next = this.log[this.given]) {
      if (next.kind === 'edit') this.restore(next.after);
      else this.give(next);
      this.given += next.kind === 'edit' ? 0 : 1;
    }
  }

  private give(input: Input): void {
    const { control, kernel } = this.machine;
    if (input.kind === 'only') control.only = input.thread && runnerOf(this.parts, input.thread);
    else giveInput(kernel, input);
  }

  private forgetFuture(): boolean {
    const isNew = this.isPast;
    const { place, given } = this;
    for (const checkpoint of this.list.filter((c) => c.place > place || c.inputs > given)) this.drop(checkpoint);
    this.log.length = given;
    if (isNew) this.machine.kernel.timeline.forgetFrom(this.parts.state.timelineEntries);
    this.isFurthest();
    return isNew;
  }

  private isFurthest(): void {
    const { order, state } = this.parts;
    this.furthest = this.place;
    this.furthestCycle = order.cycle;
    this.furthestFaults = state.faults.count;
  }

  private insert(checkpoint: Checkpoint): void {
    const at = this.list.findLastIndex(({ place, inputs }) => place < checkpoint.place || (place === checkpoint.place && inputs <= checkpoint.inputs));
    this.list.splice(at + 1, 0, checkpoint);
  }

  private makeRoom(): void {
    while (this.bytes > this.limit || this.list.length > MOST_CHECKPOINTS) {
      const least = this.list[leastMissed(this.list, this.furthest)];
      if (!least) return;
      this.drop(least);
    }
  }

  private drop(checkpoint: Checkpoint): void {
    this.list = this.list.filter((other) => other !== checkpoint);
    release(checkpoint, this.parts.copies);
  }
}

