/** What is asked for so that a look at the timeline can be drawn. */
import type { TimelineArguments } from '../../../src/adapter/timelineProtocol.ts';
import { cyclesPerPoint, type Look, scaleOf, type TimeLimits } from '../../webview/timeline/timeScale.ts';

/** In whole cycles. @param points Width of the picture. */
export function timelineArguments(look: Look, limits: TimeLimits, points: number): TimelineArguments {
  const { from, to } = scaleOf(look, limits, points);
  return { from: Math.floor(from), to: Math.ceil(to), cyclesPerPoint: Math.max(Math.round(cyclesPerPoint({ from, to, width: points })), 1) };
}
