/** What a lane looks like: bars as high as what they mean matters, and for each outcome of a fault a form of its own beside its colour. */
import type { FaultMark, TimelineDoing } from '../../../src/adapter/timelineProtocol.ts';

export type Outcome = FaultMark['outcome'];

export const LANE_HEIGHT = 26;
/** Middle of bars and of the forms of faults. */
export const MIDDLE = 12;
/** Commands of the MFC lie below the bars. */
export const DMA = { top: 21, height: 3 } as const;
/** Half the width of the form of a fault. */
export const MARK_RADIUS = 5;

export const DOINGS = ['running', 'kernel', 'ready', 'waiting', 'stopped', 'many'] as const satisfies readonly TimelineDoing[];

const BAR_HEIGHTS: Readonly<Record<TimelineDoing, number>> = { running: 12, kernel: 12, many: 8, ready: 6, waiting: 4, stopped: 2 };

/** A rectangle as part of a path; no narrower than a point, and with a gap before the next one where there is room for it. */
export function bar(doing: TimelineDoing, left: number, right: number): string {
  const height = BAR_HEIGHTS[doing];
  const width = right - left;
  return rectangle(left, MIDDLE - height / 2, width > 3 ? width - 1 : Math.max(width, 1), height);
}

export function dmaBar(left: number, right: number, top: number = DMA.top): string {
  return rectangle(left, top, Math.max(right - left, 2), DMA.height);
}

/** A pennant on a pole. */
export function signalFlag(x: number): string {
  return `M${point(x)} 1h6l-2 3l2 3h-5v16h-1z`;
}

/** @param several Stands for more than one fault: somewhat larger. */
export function faultForm(outcome: Outcome, x: number, several: boolean): string {
  const r = MARK_RADIUS + (several ? 1.5 : 0);
  switch (outcome) {
    case 'RETRY': return `${circle(x, r)}${circle(x, r - 2.5)}`;
    case 'MINOR': return polygon(x, [[-r + 2, -r + 2], [r - 2, -r + 2], [r - 2, r - 2], [-r + 2, r - 2]]);
    case 'MAJOR': return polygon(x, [[0, -r], [r, r - 1], [-r, r - 1]]);
    case 'OOM': return polygon(x, [[0, -r - 1], [r + 1, 0], [0, r + 1], [-r - 1, 0]]);
    case 'SIGBUS': return polygon(x, crossOf(r));
    case 'SIGSEGV': return polygon(x, [[-r / 2, -r], [r / 2, -r], [r, -r / 2], [r, r / 2], [r / 2, r], [-r / 2, r], [-r, r / 2], [-r, -r / 2]]);
  }
}

function crossOf(r: number): readonly (readonly [number, number])[] {
  const d = 2;
  return [[-r, -r + d], [-r + d, -r], [0, -d], [r - d, -r], [r, -r + d], [d, 0], [r, r - d], [r - d, r], [0, d], [-r + d, r], [-r, r - d], [-d, 0]];
}

function circle(x: number, r: number): string {
  return `M${point(x - r)} ${MIDDLE}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}

function polygon(x: number, corners: readonly (readonly [x: number, y: number])[]): string {
  return `M${corners.map(([dx, dy]) => `${point(x + dx)} ${point(MIDDLE + dy)}`).join('L')}z`;
}

function rectangle(left: number, top: number, width: number, height: number): string {
  return `M${point(left)} ${point(top)}h${point(width)}v${point(height)}h${point(-width)}z`;
}

/** Tenths of a point are enough. */
function point(value: number): string {
  return String(Math.round(value * 10) / 10);
}
