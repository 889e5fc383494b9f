import { StatementError } from './error.ts';
import type { Filler } from './object.ts';

/** Bytes to the next boundary; none where they would be more than the maximum. */
export function alignmentGap(offset: number, boundary: number, maximum = Infinity): number {
  const gap = (boundary - (offset % boundary)) % boundary;
  return gap > maximum ? 0 : gap;
}

/** The same for a gap that whole fill values must fit. */
export function filledGap(offset: number, boundary: number, maximum: number, filler: Filler): number {
  const gap = alignmentGap(offset, boundary, maximum);
  if (filler.kind === 'value' && gap % filler.size !== 0) {
    throw new StatementError(`The gap has ${String(gap)} bytes here, which values of ${String(filler.size)} bytes do not fill.`);
  }
  return gap;
}
