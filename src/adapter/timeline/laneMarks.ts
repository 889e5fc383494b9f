/** What happened to the thing that a lane is of. Of what happened at one point of a picture one mark stands for all. */
import { OUTCOMES } from '../../sim/kernel/fault/log.ts';
import { SEVERITY } from '../timelineProtocol.ts';
import type { TimeWindow } from './laneSpans.ts';

export interface Mark {
  at: number;
  to: number | undefined;
  /** Of a fault its id, of a signal its number, of a command of the MFC what `commandOf` reads. */
  readonly detail: number;
  readonly eaHigh: number;
  readonly eaLow: number;
  count: number;
}

interface FaultMark {
  at: number;
  to: number;
  /** Its id. */
  detail: number;
  count: number;
  severity: number;
}

export interface Marks {
  readonly faults: readonly Omit<FaultMark, 'severity'>[];
  readonly signals: readonly Mark[];
  readonly commands: readonly Mark[];
}

/** By the code of the outcome. */
const SEVERITY_OF = OUTCOMES.map((outcome) => SEVERITY.indexOf(outcome));

export class LaneMarks {
  private readonly faultsAt = new Map<number, FaultMark>();
  private readonly signalsAt = new Map<number, Mark>();
  private readonly commandsAt = new Map<number, Mark>();

  constructor(private readonly window: TimeWindow) {}

  /** @param outcome code in the fault log. */
  addFault(at: number, to: number, id: number, outcome: number): void {
    if (!this.isInSight(at, to)) return;
    const severity = SEVERITY_OF[outcome] ?? 0;
    const point = this.pointOf(at);
    const there = this.faultsAt.get(point);
    if (!there) {
      this.faultsAt.set(point, { at, to, detail: id, count: 1, severity });
      return;
    }
    there.count += 1;
    if (severity <= there.severity) return;
    Object.assign(there, { at, to, detail: id, severity });
  }

  addSignal(at: number, number: number): void {
    if (this.isInSight(at, at)) this.add(this.signalsAt, at, at, number);
  }

  /** @param to cycle at which it was done; undefined while it is in its queue. */
  addCommand(at: number, to: number | undefined, detail: number, eaHigh: number, eaLow: number): void {
    if (this.isInSight(at, to ?? Infinity)) this.add(this.commandsAt, at, to, detail, eaHigh, eaLow);
  }

  /** Each kind oldest first. */
  get marks(): Marks {
    const inOrder = <M extends { readonly at: number }>(marks: ReadonlyMap<number, M>): readonly M[] => [...marks.values()].sort((one, other) => one.at - other.at);
    return { faults: inOrder(this.faultsAt), signals: inOrder(this.signalsAt), commands: inOrder(this.commandsAt) };
  }

  /** Of several the first is named; together they last until the last one ends. */
  private add(marks: Map<number, Mark>, at: number, to: number | undefined, detail: number, eaHigh = 0, eaLow = 0): void {
    const point = this.pointOf(at);
    const there = marks.get(point);
    if (!there) {
      marks.set(point, { at, to, detail, eaHigh, eaLow, count: 1 });
      return;
    }
    there.count += 1;
    there.at = Math.min(there.at, at);
    there.to = there.to === undefined || to === undefined ? undefined : Math.max(there.to, to);
  }

  private pointOf(at: number): number {
    return Math.floor(at / this.window.cyclesPerPoint);
  }

  private isInSight(at: number, to: number): boolean {
    return at <= this.window.to && to >= this.window.from;
  }
}
