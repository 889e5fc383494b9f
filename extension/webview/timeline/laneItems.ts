/** Spans and marks of a lane as one list in the order of time: for the keyboard, the pointer and the table. */
import type { TimelineLane, TimelineMark, TimelineSpan } from '../../../src/adapter/timelineProtocol.ts';
import { DMA, MARK_RADIUS, MIDDLE } from './laneShapes.ts';
import { type TimeScale, xOf } from './timeScale.ts';

export type LaneItem = { readonly kind: 'span'; readonly span: TimelineSpan } | { readonly kind: 'mark'; readonly mark: TimelineMark };

type LaneContent = Pick<TimelineLane, 'spans' | 'marks'>;

/** Points around the form of a mark that still mean it. */
const REACH = MARK_RADIUS + 3;

export function beginOf(item: LaneItem): number {
  return item.kind === 'span' ? item.span.from : item.mark.at;
}

/** First cycle beyond; undefined where it goes on, or has no length. */
export function endOf(item: LaneItem): number | undefined {
  return item.kind === 'span' ? item.span.to : item.mark.to;
}

/** Began at or before `to` and had not ended before `from`. */
function isWithin(item: LaneItem, from: number, to: number): boolean {
  return beginOf(item) <= to && (endOf(item) ?? beginOf(item)) >= from;
}

/** At one cycle the span comes first. */
export function itemsIn({ spans, marks }: LaneContent, from: number, to: number): LaneItem[] {
  const items: LaneItem[] = [...spans.map((span) => ({ kind: 'span', span }) as const), ...marks.map((mark) => ({ kind: 'mark', mark }) as const)];
  return items.filter((item) => isWithin(item, from, to)).sort((one, other) => beginOf(one) - beginOf(other));
}

/** The same thing in an answer that came later: a span may have become longer, a fault may have been decided. */
export function sameItem(one: LaneItem, other: LaneItem): boolean {
  if (one.kind === 'span' || other.kind === 'span') return one.kind === other.kind && beginOf(one) === beginOf(other);
  if (one.mark.kind === 'fault' && other.mark.kind === 'fault') return one.mark.fault === other.mark.fault;
  return one.mark.kind === other.mark.kind && one.mark.at === other.mark.at && one.mark.what === other.mark.what;
}

/** The next item of a lane, or the one before. Without a current one it is the first that begins in the window. */
export function neighbour(lane: LaneContent, current: LaneItem | undefined, step: 1 | -1, from: number): LaneItem | undefined {
  const items = itemsIn(lane, -Infinity, Infinity);
  const place = current ? items.findIndex((item) => sameItem(item, current)) : -1;
  if (place >= 0) return items[place + step];
  const since = current ? beginOf(current) : from;
  return step > 0 ? items.find((item) => beginOf(item) >= since) : items.findLast((item) => beginOf(item) <= since);
}

/** The item under a place of a lane's picture: marks lie above spans. */
export function itemAt({ spans, marks }: LaneContent, scale: TimeScale, x: number, y: number): LaneItem | undefined {
  const near = (mark: TimelineMark): number => Math.abs(xOf(scale, mark.at) - x);
  const isBelow = y >= DMA.top - 1;
  const mark = isBelow
    ? marks.findLast((candidate) => candidate.kind === 'dma' && xOf(scale, candidate.at) - 1 <= x && (candidate.to === undefined || xOf(scale, candidate.to) + 2 >= x))
    : nearest(marks.filter((candidate) => candidate.kind === 'fault' && near(candidate) <= REACH), near)
      ?? nearest(marks.filter((candidate) => candidate.kind === 'signal' && x - xOf(scale, candidate.at) <= REACH && x >= xOf(scale, candidate.at) - 1 && y < MIDDLE), near);
  if (mark) return { kind: 'mark', mark };
  const span = spans.find(({ from, to }) => xOf(scale, from) <= x && Math.max(xOf(scale, to), xOf(scale, from) + 1) >= x);
  return span && !isBelow ? { kind: 'span', span } : undefined;
}

function nearest(marks: readonly TimelineMark[], distance: (mark: TimelineMark) => number): TimelineMark | undefined {
  return marks.reduce<TimelineMark | undefined>((best, mark) => (best === undefined || distance(mark) < distance(best) ? mark : best), undefined);
}

/** The fault that an item is, or is the wait in. */
export function faultOf(item: LaneItem): number | undefined {
  if (item.kind === 'span') return item.span.fault;
  return item.mark.kind === 'fault' ? item.mark.fault : undefined;
}

export interface PlacedItem {
  readonly lane: TimelineLane;
  readonly item: LaneItem;
  readonly begin: number;
}

/** The items of several lanes within a window, oldest first. */
export function itemsInOrder(lanes: readonly TimelineLane[], from: number, to: number): PlacedItem[] {
  return lanes.flatMap((lane) => itemsIn(lane, from, to).map((item) => ({ lane, item, begin: beginOf(item) }))).sort((one, other) => one.begin - other.begin);
}
