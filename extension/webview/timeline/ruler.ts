/** Where the ruler of a window has its ticks, and what stands beside them. */
import { cyclesPerPoint, type TimeScale, xOf } from './timeScale.ts';
import { decimalsFor, groupedDigits, momentText, type TimeUnit, unitOf } from './timeText.ts';

export interface Tick {
  readonly x: number;
  /** Empty where there is no room for it. */
  readonly label: string;
}

export interface Ruler {
  /** What the labels are to be added to, where they would be too long otherwise: `1.250 ms`. */
  readonly base: string | undefined;
  readonly ticks: readonly Tick[];
}

/** Points between two ticks, at least. */
const LEAST_APART = 96;
/** Room that a label needs to the right of its tick. */
const LABEL = 60;
/** Labels with more decimals than this are differences to a base. */
const MOST_DECIMALS = 4;

export function rulerOf(scale: TimeScale, cyclesPerSecond: number, unit: TimeUnit): Ruler {
  const least = LEAST_APART * cyclesPerPoint(scale);
  if (unit === 'cycles') {
    const step = Math.max(roundStep(least), 1);
    return { base: undefined, ticks: ticksEvery(step, scale, groupedDigits) };
  }
  const step = roundStep(least / cyclesPerSecond);
  const [exponent, name] = unitOf(scale.to / cyclesPerSecond);
  const decimals = decimalsFor(step, exponent);
  if (decimals <= MOST_DECIMALS) {
    const label = (cycle: number): string => `${(cycle / cyclesPerSecond / 10 ** exponent).toFixed(decimals)} ${name}`;
    return { base: undefined, ticks: ticksEvery(step * cyclesPerSecond, scale, label) };
  }
  return relativeRuler(scale, cyclesPerSecond, step);
}

/** Far from the beginning and deep in: differences to a round time. */
function relativeRuler(scale: TimeScale, cyclesPerSecond: number, step: number): Ruler {
  const [exponent, name] = unitOf(step);
  const decimals = decimalsFor(step, exponent);
  const grain = 10 ** (exponent + 3) * cyclesPerSecond;
  const base = Math.floor(scale.from / grain) * grain;
  const label = (cycle: number): string => `+${((cycle - base) / cyclesPerSecond / 10 ** exponent).toFixed(decimals)} ${name}`;
  return { base: momentText(base, cyclesPerSecond, grain), ticks: ticksEvery(step * cyclesPerSecond, scale, label) };
}

function ticksEvery(step: number, scale: TimeScale, label: (cycle: number) => string): Tick[] {
  const ticks: Tick[] = [];
  for (let index = Math.ceil(scale.from / step); index * step <= scale.to; index++) {
    const x = xOf(scale, index * step);
    ticks.push({ x, label: x + LABEL > scale.width ? '' : label(index * step) });
  }
  return ticks;
}

/** The next of 1, 2, 5, 10, 20... */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((digit) => digit * power >= least * (1 - 1e-9)) ?? 10) * power;
}
