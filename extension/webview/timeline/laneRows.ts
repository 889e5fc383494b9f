/** Lanes under the headings of their kinds, as rows from top to bottom. */
import type { TimelineLane } from '../../../src/adapter/timelineProtocol.ts';
import { LANE_HEIGHT } from './laneShapes.ts';

export type LaneKind = TimelineLane['kind'];

export const HEADING_HEIGHT = 22;

export type LaneRow =
  | { readonly kind: 'heading'; readonly group: LaneKind; readonly lanes: number; readonly isOpen: boolean; readonly top: number }
  | { readonly kind: 'lane'; readonly lane: TimelineLane; readonly top: number };

export interface LaneRows {
  readonly rows: readonly LaneRow[];
  readonly height: number;
}

export function laneRows(lanes: readonly TimelineLane[], closed: ReadonlySet<LaneKind>): LaneRows {
  const rows: LaneRow[] = [];
  let top = 0;
  let group: LaneKind | undefined;
  for (const lane of lanes) {
    if (lane.kind !== group) {
      group = lane.kind;
      rows.push({ kind: 'heading', group, lanes: lanes.filter(({ kind }) => kind === group).length, isOpen: !closed.has(group), top });
      top += HEADING_HEIGHT;
    }
    if (closed.has(group)) continue;
    rows.push({ kind: 'lane', lane, top });
    top += LANE_HEIGHT;
  }
  return { rows, height: top };
}

/** The row at a height. */
export function rowAt({ rows }: LaneRows, y: number): LaneRow | undefined {
  return y < 0 ? undefined : rows.findLast(({ top, kind }) => top <= y && y < top + (kind === 'lane' ? LANE_HEIGHT : HEADING_HEIGHT));
}
