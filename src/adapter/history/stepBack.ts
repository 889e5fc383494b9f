/**
 * A step back of one thread. The parts between checkpoints are looked at from the latest on: one in
 * which the thread did nothing is passed over, a long one is cut by more checkpoints, and a short
 * one is run an instruction of the thread at a time.
 */
import type { Checkpoint, ThreadKey } from '../../sim/history/checkpoint.ts';
import { keyOf, runnerOf } from '../../sim/history/checkpoint.ts';
import type { Runner } from '../../sim/run/stop.ts';
import { threadIdOf } from '../threads/threads.ts';
import { type Arrival, BEGINNING, checkpointFor, type Journey, restoreFirst, type Traveller, unwatched } from './journey.ts';
import { doneBy, type Moment, momentOf, probeOf } from './trace.ts';
import { type StepBackWish, WayBack } from './wayBack.ts';

/** Longest part that is run an instruction at a time, and into how many a longer one is cut. */
const SHORT = 5_000;
const CUTS = 32;

type Work = 'choose' | 'cut' | 'trace' | 'go';

export class StepBack implements Journey {
  private readonly thread: ThreadKey;
  private readonly threadId: number;
  private readonly way: WayBack;
  private work: Work = 'choose';
  private end: number;
  /** How much the thread has done at `end`. */
  private done: number | undefined;
  private from: Checkpoint | undefined;
  /** The part that has a checkpoint near its end, or has been cut. */
  private refined: { readonly from: Checkpoint; readonly isCut: boolean } | undefined;
  private moments: Moment[] = [];
  private target: Moment | undefined;

  constructor(private readonly traveller: Traveller, thread: Runner, wish: StepBackWish) {
    const { debuggee, history } = traveller;
    this.thread = keyOf(thread);
    this.threadId = threadIdOf(thread);
    this.end = history.place;
    this.done = doneBy(debuggee.machine.state, this.thread);
    this.way = new WayBack(momentOf(debuggee, thread), wish, probeOf(debuggee, thread), debuggee.unitOf(thread));
    unwatched(traveller);
  }

  advance(cycles: number): Arrival | 'on the way' {
    if (this.work === 'choose') return this.choose();
    const { debuggee, debuggee: { machine } } = this.traveller;
    const stop = machine.run(cycles, this.work === 'go' && this.target ? this.target.place : this.end);
    switch (stop.kind) {
      case 'budget':
      case 'preparing':
        return 'on the way';
      case 'step':
        if (machine.place < this.end) this.moments.push(momentOf(debuggee, stop.runner));
        return 'on the way';
      default:
        return this.partDone();
    }
  }

  stopsOn(): boolean {
    return false;
  }

  private choose(): Arrival | 'on the way' {
    const { history } = this.traveller;
    for (;;) {
      const from = history.before(this.end);
      const done = from && doneBy(from.tree.kernel, this.thread);
      if (!from || done === undefined && this.done === undefined) return this.atBeginning();
      if (done !== this.done) {
        this.begin(from);
        return 'on the way';
      }
      this.end = from.place;
    }
  }

  private begin(from: Checkpoint): void {
    const { history, debuggee, debuggee: { machine } } = this.traveller;
    const length = this.end - from.place;
    this.from = from;
    const isLong = length > SHORT && !(from === this.refined?.from && this.refined.isCut);
    if (isLong) {
      // Mostly the thread did something of late: one checkpoint, soon before the end, will do.
      const isCut = from === this.refined?.from;
      history.refine(isCut ? Math.max(Math.ceil(length / CUTS), SHORT / 2) : length - SHORT / 2);
      this.refined = { from, isCut };
    }
    history.restore(from);
    this.work = isLong ? 'cut' : 'trace';
    if (isLong) return;
    const thread = runnerOf(machine, this.thread);
    this.moments = thread ? [momentOf(debuggee, thread)] : [];
    machine.control.stepping = thread;
  }

  private partDone(): Arrival | 'on the way' {
    const { history } = this.traveller;
    switch (this.work) {
      case 'go':
        return { cause: { kind: 'step' }, threadId: this.threadId };
      case 'cut':
        history.refine(Infinity);
        this.work = 'choose';
        return 'on the way';
      default:
        return this.lookBack();
    }
  }

  private lookBack(): Arrival | 'on the way' {
    for (const moment of this.moments.reverse()) {
      this.target ??= this.way.see(moment);
      if (this.target) return this.go();
    }
    const { from } = this;
    if (from) this.end = from.place;
    this.done = from && doneBy(from.tree.kernel, this.thread);
    this.work = 'choose';
    return 'on the way';
  }

  private atBeginning(): Arrival | 'on the way' {
    this.target = this.way.candidate;
    if (this.target) return this.go();
    restoreFirst(this.traveller);
    return BEGINNING;
  }

  private go(): 'on the way' {
    const { history } = this.traveller;
    const checkpoint = checkpointFor(history, this.target?.place ?? 0);
    if (checkpoint) history.restore(checkpoint);
    this.work = 'go';
    return 'on the way';
  }
}
