/** The timeline's log as lanes: each task and each context has one, and by what these say each processor. */
import { outcomeCodeOf, taskOf } from '../../sim/kernel/fault/query.ts';
import type { FaultLog } from '../../sim/kernel/fault/state.ts';
import type { Machine } from '../../sim/machine.ts';
import { commandDetail, ENTRY, type Entry, laneOf, LOW_BITS } from '../../sim/timeline/entry.ts';
import { LaneMarks } from './laneMarks.ts';
import { LaneSpans, type TimeWindow } from './laneSpans.ts';

const NOTHING = NaN;
const LOW_MASK = (1 << LOW_BITS) - 1;

/** A lane of a task or a context. */
export class LaneOfOwner {
  readonly spans: LaneSpans;
  readonly marks: LaneMarks;
  /** Text of its name. */
  name = -1;
  /** The processor's lane that it is in now. */
  processor: LaneSpans | undefined;

  constructor(readonly number: number, window: TimeWindow) {
    this.spans = new LaneSpans(window);
    this.marks = new LaneMarks(window);
  }
}

export class Lanes {
  /** In the order in which they came. */
  readonly own = new Map<number, LaneOfOwner>();
  /** Spans of processors are of `kind` as their lane's are; `detail` is the number of the lane that they run. */
  readonly cpus: readonly LaneSpans[];
  readonly spes: readonly LaneSpans[];
  private latest: LaneOfOwner | undefined;

  constructor(machine: Machine, private readonly window: TimeWindow) {
    const { kernel: { timeline }, state, cycle } = machine;
    this.cpus = state.cpus.map(() => new LaneSpans(window));
    this.spes = state.spufs.slots.map(() => new LaneSpans(window));
    for (const [number, { name, kind, detail }] of timeline.lanesAtBegin) {
      const lane = this.laneNumbered(number);
      lane.name = name;
      if (kind !== undefined) this.change(lane, timeline.begin, kind, detail);
    }
    timeline.forEach(state.timelineEntries, (entry) => { this.enter(state.faults, entry); });
    this.enterQueues(machine);
    for (const { spans } of this.own.values()) spans.finish(cycle);
    for (const spans of [...this.cpus, ...this.spes]) spans.finish(cycle);
  }

  private enter(faults: FaultLog, { lane: number, kind, at, begun, detail, eaHigh, eaLow }: Readonly<Entry>): void {
    const lane = this.laneNumbered(number);
    switch (kind) {
      case ENTRY.named:
      case ENTRY.created:
        lane.name = detail;
        return;
      case ENTRY.signal:
        lane.marks.addSignal(at, detail);
        return;
      case ENTRY.dma:
        lane.marks.addCommand(begun, at, detail, eaHigh, eaLow);
        return;
      case ENTRY.fault:
        lane.marks.addFault(begun, at, detail, outcomeCodeOf(faults, detail));
        // Who handled it has waited: of a fault of the MFC that is another lane.
        this.laneNumbered(laneOf('task', taskOf(faults, detail))).spans.claim(begun, at, detail, ENTRY.waits);
        return;
      case ENTRY.ended:
      case ENTRY.gone:
        this.change(lane, at, NOTHING, 0);
        return;
      default:
        this.change(lane, at, kind, detail);
    }
  }

  private change(lane: LaneOfOwner, at: number, kind: number, detail: number): void {
    lane.spans.change(at, kind === ENTRY.saved ? NOTHING : kind, detail);
    const processor = this.processorOf(kind, detail);
    if (lane.processor !== processor) lane.processor?.stop(at, lane.number);
    lane.processor = processor;
    processor?.change(at, kind === ENTRY.kernel ? ENTRY.user : kind, lane.number);
  }

  private processorOf(kind: number, detail: number): LaneSpans | undefined {
    switch (kind) {
      case ENTRY.user:
      case ENTRY.kernel:
        return this.cpus[detail];
      case ENTRY.spuRuns:
      case ENTRY.spuWaits:
      case ENTRY.spuStopped:
        return this.spes[detail & LOW_MASK];
      default:
        return undefined;
    }
  }

  /** Commands that are not done have no entry: they are in their queues. */
  private enterQueues(machine: Machine): void {
    for (const context of machine.state.spufs.contexts.values()) {
      const { marks } = this.laneNumbered(laneOf('context', context.id));
      for (const { commands } of Object.values(machine.spe(context).state.mfc.queues)) {
        for (const command of commands) marks.addCommand(command.enteredAt, undefined, commandDetail(command), command.eaHigh, command.eaLow);
      }
    }
  }

  private laneNumbered(number: number): LaneOfOwner {
    // Entries of one lane come in runs.
    if (this.latest?.number === number) return this.latest;
    let lane = this.own.get(number);
    if (!lane) this.own.set(number, lane = new LaneOfOwner(number, this.window));
    this.latest = lane;
    return lane;
  }
}
