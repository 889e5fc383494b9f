/** A lane as paths: one for each thing that there is in it, however many of these there are. */
import { SEVERITY, type TimelineDoing, type TimelineLane, type TimelineMark } from '../../../src/adapter/timelineProtocol.ts';
import { bar, dmaBar, DOINGS, faultForm, type Outcome, signalFlag } from './laneShapes.ts';
import { type TimeScale, xOf } from './timeScale.ts';

/** What a path shows: class of its element, and entry of the legend. */
export type PathKind = TimelineDoing | 'dma' | 'signal' | Outcome;

export interface LanePath {
  readonly kind: PathKind;
  readonly d: string;
}

/** Lowest first. */
export const PATH_KINDS: readonly PathKind[] = [...DOINGS, 'dma', 'signal', ...SEVERITY];

/** Marks lie over the words in bars. */
export function isOverLabels(kind: PathKind): boolean {
  return !DOINGS.some((doing) => doing === kind);
}

/** Points beyond the window that are drawn: forms reach over its edges. */
const OVERHANG = 12;

/** @param now Cycle up to which goes what has not ended. */
export function lanePaths({ spans, marks }: Pick<TimelineLane, 'spans' | 'marks'>, scale: TimeScale, now: number): LanePath[] {
  const parts = new Map<PathKind, string[]>();
  const add = (kind: PathKind, part: string): void => {
    const list = parts.get(kind);
    if (list) list.push(part);
    else parts.set(kind, [part]);
  };
  for (const { from, to, doing } of spans) {
    const piece = visible(from, to, scale);
    if (piece) add(doing, bar(doing, ...piece));
  }
  for (const mark of marks) {
    const piece = visible(mark.at, mark.kind === 'dma' ? mark.to ?? now : mark.at, scale);
    if (piece) add(mark.kind === 'fault' ? mark.outcome : mark.kind, markForm(mark, ...piece));
  }
  return PATH_KINDS.flatMap((kind) => {
    const list = parts.get(kind);
    return list ? [{ kind, d: list.join('') }] : [];
  });
}

/** A word in a bar that has room for it. */
export interface LaneLabel {
  readonly x: number;
  readonly label: string;
}

const LABELLED: ReadonlySet<TimelineDoing> = new Set(['running', 'kernel']);
/** Points of a letter of a label, and before the first one. */
const LETTER = 6;
const INDENT = 4;
const FEWEST_LETTERS = 4;

/** What wide bars say: of a processor, whom it runs. */
export function laneLabels({ spans }: Pick<TimelineLane, 'spans'>, scale: TimeScale): LaneLabel[] {
  return spans.flatMap(({ from, to, doing, what }) => {
    if (what === undefined || !LABELLED.has(doing)) return [];
    const left = Math.max(xOf(scale, from), 0);
    const letters = Math.floor((Math.min(xOf(scale, to), scale.width) - left - 2 * INDENT) / LETTER);
    if (letters < Math.min(FEWEST_LETTERS, what.length)) return [];
    return [{ x: Math.round(left + INDENT), label: what.length <= letters ? what : `${what.slice(0, letters - 1)}…` }];
  });
}

/** The form of one mark from its left to its right end. */
function markForm(mark: TimelineMark, left: number, right: number): string {
  switch (mark.kind) {
    case 'fault': return faultForm(mark.outcome, left, mark.count > 1);
    case 'signal': return signalFlag(left);
    case 'dma': return dmaBar(left, right);
  }
}

/** The part within the window, in points; undefined where there is none. Numbers far outside would draw nonsense. */
function visible(from: number, to: number, scale: TimeScale): [left: number, right: number] | undefined {
  const left = xOf(scale, from);
  const right = xOf(scale, to);
  if (right < -OVERHANG || left > scale.width + OVERHANG) return undefined;
  return [Math.max(left, -OVERHANG), Math.min(right, scale.width + OVERHANG)];
}
