/** The run loop: gives the processors their turns and does what is due in between. */
import { nextEventCycle, takeDueEvent } from '../kernel/events.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { describeDeadlock } from '../kernel/task/deadlock.ts';
import { hasOnlyIdleTicks } from '../kernel/spufs/scheduler/due.ts';
import { runEvent } from './eventActions.ts';
import type { PpeThread } from './ppeThread.ts';
import { type OrderState, placeOf } from './order.ts';
import { endSliceAt, nextSlice, shareSlice, type Slice } from './slice.ts';
import type { SpeThread } from './speThread.ts';
import { type DebugControl, type Stop, takePending } from './stop.ts';

/** What an event counts for in a run's budget: a machine in which only events happen has to come back too. */
const EVENT_COST = 1000;

export class RunLoop {
  private readonly processors: readonly (PpeThread | SpeThread)[];
  private active: PpeThread | SpeThread | undefined;
  /** Cycle of the event that is being done. */
  private eventCycle: number | undefined;

  constructor(
    private readonly k: Kernel,
    readonly order: OrderState,
    private readonly control: DebugControl,
    private readonly ppeThreads: readonly PpeThread[],
    private readonly speThreads: readonly SpeThread[],
  ) {
    this.processors = [...ppeThreads, ...speThreads];
  }

  /** Runs for about `cycles` cycles of the processors together, or until there is a reason to stop. */
  run(cycles: number): Stop {
    let left = cycles;
    while (left > 0) {
      const { exit } = this.k.state;
      if (exit) return { kind: 'exit', exit };
      if (this.isThere()) return { kind: 'there' };
      const slice = this.nextTurn();
      if (slice === 'event') {
        const pending = takePending(this.control);
        if (pending) return pending;
        left -= EVENT_COST;
        continue;
      }
      if (!slice) return this.standstill();
      const processor = this.processors[slice.processor];
      if (!processor) throw new Error(`The machine has no processor ${String(slice.processor)}.`);
      if (this.control.runsInPieces && processor.prepare()) return { kind: 'preparing' };
      const before = processor.cycle;
      const stop = this.takeTurn(processor, slice, before + left);
      left -= Math.max(processor.now - before, 1);
      if (stop) return stop;
    }
    return { kind: 'budget' };
  }

  /** Cycle of whatever runs at the moment; between turns that of the latest thing that happened. */
  now(): number {
    return this.eventCycle ?? this.active?.now ?? this.order.cycle;
  }

  charge(cycles: number): void {
    this.active?.charge(cycles);
  }

  /** An event is due at `cycle`: a turn that would go on beyond ends there. */
  eventScheduled(cycle: number): void {
    const { slice } = this.order;
    if (!slice || cycle >= slice.end) return;
    endSliceAt(slice, cycle);
    this.active?.interruptEngine();
  }

  /** Whoever runs now stops after the current instruction. */
  interrupt(): void {
    this.active?.interruptEngine();
  }

  /** An SPE has something to do from now on. */
  speWoken(number: number): void {
    this.speThreads[number]?.wakeAt(this.now());
    shareSlice(this.order.slice, this.now());
    this.active?.interruptEngine();
  }

  private isThere(): boolean {
    return placeOf(this.k.state, this.order) >= this.control.until;
  }

  private nextTurn(): Slice | 'event' | undefined {
    const { k, order } = this;
    const due = nextEventCycle(k.state);
    // A turn of a processor that must stand still now is over.
    if (order.slice && this.control.only && this.processors[order.slice.processor]?.runnable !== true) order.slice = undefined;
    if (order.slice) return order.slice;
    const slice = nextSlice(this.processors, due);
    const cycle = slice ? this.processors[slice.processor]?.cycle ?? Infinity : Infinity;
    if (due <= cycle) {
      if (due === Infinity || (!slice && hasOnlyIdleTicks(k))) return undefined;
      this.runEvents(due);
      return 'event';
    }
    if (slice) {
      order.slice = slice;
      order.actions += 1;
      if (this.isThere()) return 'event';
    }
    return slice;
  }

  private standstill(): Stop {
    const { only } = this.control;
    const { firstExit } = this.k.state;
    // Processes that the program has left behind, and that nothing will wake.
    if (firstExit) return { kind: 'exit', exit: firstExit };
    return only ? { kind: 'blocked', runner: only } : { kind: 'deadlock', report: describeDeadlock(this.k) };
  }

  private takeTurn(processor: PpeThread | SpeThread, slice: Slice, limit: number): Stop | undefined {
    const { order, k } = this;
    const before = placeOf(k.state, order);
    this.active = processor;
    const stop = processor.run(slice, limit);
    this.active = undefined;
    if (placeOf(k.state, order) > before) order.cycle = Math.max(order.cycle, processor.now);
    // What a turn ends with comes when the machine goes on from the place that it was to run to.
    if (!stop && !this.isThere() && (processor.cycle >= slice.end || !processor.runnable)) order.slice = undefined;
    return stop;
  }

  private runEvents(cycle: number): void {
    this.order.cycle = Math.max(this.order.cycle, cycle);
    this.eventCycle = cycle;
    for (let event = takeDueEvent(this.k.state, cycle); event; event = takeDueEvent(this.k.state, cycle)) {
      runEvent(this.k, event.action);
    }
    this.eventCycle = undefined;
    this.order.actions += 1;
  }
}
