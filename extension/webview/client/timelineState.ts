/** What the timeline's page shows: an answer of the session, a window on it, and what is current, selected and folded. */
import type { TimelineLane, TimelineResponse } from '../../../src/adapter/timelineProtocol.ts';
import { type Clock, clockOf } from '../timeline/itemWords.ts';
import { beginOf, itemsIn, type LaneItem, sameItem } from '../timeline/laneItems.ts';
import { type LaneKind, laneRows, type LaneRows } from '../timeline/laneRows.ts';
import { cyclesPerPoint, type Look, lookOf, scaleOf, showing, type TimeScale } from '../timeline/timeScale.ts';
import type { TimeUnit } from '../timeline/timeText.ts';

/** Points of a picture that has not been measured. */
const EXPECTED_WIDTH = 800;

export interface Current {
  readonly laneId: string;
  readonly item: LaneItem;
}

export interface Selection {
  readonly from: number;
  readonly to: number;
}

/** What outlives the page, which is made anew whenever it was hidden. */
export interface KeptState {
  readonly look: Look;
  readonly unit: TimeUnit;
  readonly follows: boolean;
  readonly closed: readonly LaneKind[];
  readonly program: string | undefined;
}

export class TimelineState {
  timeline: TimelineResponse = { begin: 0, end: 0, cyclesPerSecond: 1, lanes: [] };
  hasEnded = false;
  unit: TimeUnit = 'time';
  follows = true;
  width = EXPECTED_WIDTH;
  /** The lane that keys are for. */
  focusedLane: string | undefined;
  current: Current | undefined;
  selection: Selection | undefined;
  closed: ReadonlySet<LaneKind> = new Set();
  private look: Look = { kind: 'all' };
  private program: string | undefined;
  /** A fault that becomes current as soon as it is known where it is. */
  private awaited: number | undefined;
  private readonly changed: (hasNewLook: boolean) => void;

  /** @param changed Something is to be drawn anew, and where the look is new, to be asked for. */
  constructor(changed: (hasNewLook: boolean) => void) {
    this.changed = changed;
  }

  get kept(): KeptState {
    const { look, unit, follows, closed, program } = this;
    return { look, unit, follows, closed: [...closed], program };
  }

  get scale(): TimeScale {
    return scaleOf(this.look, this.timeline, this.width);
  }

  get lookedAt(): Look {
    return this.look;
  }

  get clock(): Clock {
    return clockOf(this.timeline, this.unit, cyclesPerPoint(this.scale));
  }

  get rows(): LaneRows {
    return laneRows(this.timeline.lanes, this.closed);
  }

  /** Lanes that are not folded away. */
  get lanes(): readonly TimelineLane[] {
    return this.rows.rows.flatMap((row) => (row.kind === 'lane' ? [row.lane] : []));
  }

  /** Goes on where an earlier page was, and asks for what it shows. */
  begin(kept: KeptState | undefined): void {
    if (kept) {
      this.look = kept.look;
      this.unit = kept.unit;
      this.follows = kept.follows;
      this.closed = new Set(kept.closed);
      this.program = kept.program;
    }
    this.changed(true);
  }

  lane(id: string | undefined): TimelineLane | undefined {
    return this.timeline.lanes.find((lane) => lane.id === id);
  }

  receive(timeline: TimelineResponse, program: string, hasEnded: boolean): void {
    const isOther = this.program !== undefined && program !== this.program;
    this.program = program;
    this.timeline = timeline;
    this.hasEnded = hasEnded;
    if (isOther) {
      this.look = { kind: 'all' };
      this.current = undefined;
      this.selection = undefined;
      this.focusedLane = undefined;
    }
    this.keepCurrent();
    this.takeAwaited();
    this.changed(isOther);
  }

  /** Makes a fault current, now or when an answer has it. */
  awaitFault(fault: number): void {
    this.awaited = fault;
    this.takeAwaited();
    this.changed(false);
  }

  lookAt(scale: TimeScale): void {
    this.look = lookOf(scale, this.timeline, this.follows);
    this.changed(true);
  }

  showAll(): void {
    this.look = { kind: 'all' };
    this.changed(true);
  }

  follow(follows: boolean): void {
    this.follows = follows;
    const { scale } = this;
    const cycles = scale.to - scale.from;
    if (follows && this.look.kind !== 'all') this.look = { kind: 'end', cycles };
    if (!follows && this.look.kind === 'end') this.look = { kind: 'range', from: scale.from, to: scale.to };
    this.changed(true);
  }

  resize(width: number): void {
    if (width <= 0 || width === this.width) return;
    this.width = width;
    this.changed(true);
  }

  countIn(unit: TimeUnit): void {
    this.unit = unit;
    this.changed(true);
  }

  toggle(kind: LaneKind): void {
    const closed = new Set(this.closed);
    if (!closed.delete(kind)) closed.add(kind);
    this.closed = closed;
    this.changed(false);
  }

  select(selection: Selection | undefined): void {
    this.selection = selection;
    this.changed(false);
  }

  /** Makes an item current, and sees that it is in sight where keys have led to it. */
  go(laneId: string, item: LaneItem | undefined, isInSight: boolean): void {
    this.focusedLane = laneId;
    this.current = item && { laneId, item };
    const { scale } = this;
    const moved = item && !isInSight ? showing(scale, beginOf(item), this.timeline) : scale;
    if (moved.from === scale.from) this.changed(false);
    else this.lookAt(moved);
  }

  /** The current item as the newest answer has it. */
  private keepCurrent(): void {
    const { current } = this;
    const lane = this.lane(current?.laneId);
    if (!current || !lane) return;
    const item = itemsIn(lane, -Infinity, Infinity).find((candidate) => sameItem(candidate, current.item));
    if (item) this.current = { laneId: lane.id, item };
    else if (beginOf(current.item) > this.timeline.end) this.current = undefined;
  }

  private takeAwaited(): void {
    for (const { id, marks } of this.timeline.lanes) {
      const mark = marks.find((candidate) => candidate.kind === 'fault' && candidate.fault === this.awaited);
      if (!mark) continue;
      this.current = { laneId: id, item: { kind: 'mark', mark } };
      this.focusedLane = id;
      this.awaited = undefined;
      return;
    }
  }
}
