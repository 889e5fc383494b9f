/** Spans, marks and lanes in words: for tooltips, screen readers, the table and exported pictures. */
import type { TimelineLane, TimelineResponse } from '../../../src/adapter/timelineProtocol.ts';
import type { Say } from '../texts.ts';
import { beginOf, endOf, type LaneItem } from './laneItems.ts';
import { groupedDigits, lengthText, momentText, type TimeUnit } from './timeText.ts';

/** What moments and lengths are written in. */
export interface Clock {
  readonly cyclesPerSecond: number;
  readonly unit: TimeUnit;
  /** Cycles that should be told apart. */
  readonly resolution: number;
  readonly now: number;
}

export function clockOf({ cyclesPerSecond, end }: TimelineResponse, unit: TimeUnit, resolution: number): Clock {
  return { cyclesPerSecond, unit, resolution, now: end };
}

export function moment(cycle: number, { cyclesPerSecond, unit, resolution }: Clock, say: Say): string {
  return unit === 'cycles' ? say('cycle', groupedDigits(cycle)) : momentText(cycle, cyclesPerSecond, resolution);
}

export function length(cycles: number, { cyclesPerSecond, unit }: Clock, say: Say): string {
  return unit === 'cycles' ? say('cycles', groupedDigits(cycles)) : lengthText(cycles, cyclesPerSecond);
}

/** What it is: `waits: in spufs_ps_nopage, for an SPE`, `fault RETRY 0x30000010 store`. */
export function whatText(item: LaneItem, say: Say): string {
  if (item.kind === 'mark') {
    const { mark } = item;
    const what = say(`${mark.kind}Mark`, mark.what);
    return mark.count > 1 ? say('andMore', what, mark.count - 1) : what;
  }
  const { doing, what, count } = item.span;
  if (doing === 'many') return say('manySpans', count ?? '');
  return what === undefined ? say(doing) : say('doingWhat', say(doing), what);
}

/** How long it took or takes; undefined of what has no length. */
export function lengthOf(item: LaneItem, clock: Clock, say: Say): string | undefined {
  const end = endOf(item);
  if (end === undefined) return item.kind === 'mark' && item.mark.kind === 'signal' ? undefined : say('goesOn', length(clock.now - beginOf(item), clock, say));
  const words = length(end - beginOf(item), clock, say);
  return item.kind === 'span' && end >= clock.now ? say('goesOn', words) : words;
}

/** All of an item in one sentence: `3 retry: waits: for an SPE, at 1.25 ms, for 80 µs`. */
export function itemText(lane: Pick<TimelineLane, 'name'>, item: LaneItem, clock: Clock, say: Say): string {
  const lasted = lengthOf(item, clock, say);
  const at = moment(beginOf(item), clock, say);
  return lasted === undefined ? say('itemAt', lane.name, whatText(item, say), at) : say('itemFor', lane.name, whatText(item, say), at, lasted);
}

/** `SPE 2: 14 spans, 3 marks`. */
export function laneText({ name, spans, marks }: TimelineLane, say: Say): string {
  return say('laneSummary', name, spans.length, marks.length);
}
