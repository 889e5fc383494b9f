/** A window of simulated time and the width that it is drawn in. Cycles are the machine's, points those of the picture. */
export interface TimeScale {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/** What there is to be seen: the oldest cycle that is known, and now. */
export interface TimeLimits {
  readonly begin: number;
  readonly end: number;
}

/** What the user looks at: everything, so much before now, or a piece that stays where it is. */
export type Look =
  | { readonly kind: 'all' }
  | { readonly kind: 'end'; readonly cycles: number }
  | { readonly kind: 'range'; readonly from: number; readonly to: number };

/** Cycles of the narrowest window: a few instructions. */
const FEWEST_CYCLES = 16;

export function scaleOf(look: Look, { begin, end }: TimeLimits, width: number): TimeScale {
  switch (look.kind) {
    case 'all': return { from: begin, to: Math.max(end, begin + FEWEST_CYCLES), width };
    case 'end': return clamped({ from: end - look.cycles, to: end, width }, { begin, end });
    case 'range': return clamped({ from: look.from, to: look.to, width }, { begin, end });
  }
}

export function cyclesPerPoint({ from, to, width }: TimeScale): number {
  return (to - from) / Math.max(width, 1);
}

export function xOf(scale: TimeScale, cycle: number): number {
  return (cycle - scale.from) / cyclesPerPoint(scale);
}

export function cycleAt(scale: TimeScale, x: number): number {
  return scale.from + x * cyclesPerPoint(scale);
}

/** @param factor Above 1 shows less time. @param x Point whose cycle stays under it. */
export function zoomed(scale: TimeScale, factor: number, x: number, limits: TimeLimits): TimeScale {
  const cycles = between((scale.to - scale.from) / factor, FEWEST_CYCLES, spanOf(limits));
  const still = cycleAt(scale, x);
  const from = still - (x / Math.max(scale.width, 1)) * cycles;
  return clamped({ ...scale, from, to: from + cycles }, limits);
}

export function panned(scale: TimeScale, cycles: number, limits: TimeLimits): TimeScale {
  return clamped({ ...scale, from: scale.from + cycles, to: scale.to + cycles }, limits);
}

/** Moved as little as need be for a moment to be seen, with some room around it. */
export function showing(scale: TimeScale, cycle: number, limits: TimeLimits): TimeScale {
  const room = (scale.to - scale.from) / 10;
  if (cycle < scale.from) return panned(scale, cycle - room - scale.from, limits);
  if (cycle > scale.to) return panned(scale, cycle + room - scale.to, limits);
  return scale;
}

/** A window is never wider than what there is, and never beyond it. */
function clamped(scale: TimeScale, limits: TimeLimits): TimeScale {
  const cycles = between(scale.to - scale.from, FEWEST_CYCLES, spanOf(limits));
  const from = Math.max(Math.min(scale.from, limits.end - cycles), limits.begin);
  return { ...scale, from, to: from + cycles };
}

/** The same window as something to look at: one that reaches to now goes on doing so while the program runs. */
export function lookOf({ from, to }: TimeScale, limits: TimeLimits, followsEnd: boolean): Look {
  if (from <= limits.begin && to >= limits.end) return { kind: 'all' };
  return followsEnd && to >= limits.end ? { kind: 'end', cycles: to - from } : { kind: 'range', from, to };
}

function spanOf({ begin, end }: TimeLimits): number {
  return Math.max(end - begin, FEWEST_CYCLES);
}

function between(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
