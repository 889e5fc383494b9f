/** Simulated time in the units that people read. */
import { simulatedTime } from '../../first/simulatedTime.ts';

export type TimeUnit = 'time' | 'cycles';

/** Names of units by the power of ten of their seconds. */
const UNITS: readonly (readonly [exponent: number, name: string])[] = [[0, 's'], [-3, 'ms'], [-6, 'µs'], [-9, 'ns']];
const SHORTEST: readonly [number, string] = [-9, 'ns'];
const NARROW_SPACE = '\u202f';
const DIGITS = 3;

/** The unit in which a time is at least 1. */
export function unitOf(seconds: number): readonly [exponent: number, name: string] {
  // A little less than one is one that was divided before.
  return UNITS.find(([exponent]) => Math.abs(seconds) >= 10 ** exponent * (1 - 1e-9)) ?? SHORTEST;
}

/** `12 345 678`. */
export function groupedDigits(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE);
}

/** How long something took, with three digits: `1.25 ms`, `12.5 ns`. */
export function lengthText(cycles: number, cyclesPerSecond: number): string {
  const nanoseconds = (cycles / cyclesPerSecond) * 1e9;
  return nanoseconds > 0 && nanoseconds < 1000 ? `${nanoseconds.toPrecision(DIGITS)} ns` : simulatedTime(cycles, cyclesPerSecond);
}

/** When something was, with as many digits as tell it from what is `resolution` cycles away: `1.250340 ms`. */
export function momentText(cycle: number, cyclesPerSecond: number, resolution: number): string {
  const seconds = cycle / cyclesPerSecond;
  const [exponent, name] = unitOf(seconds);
  const decimals = decimalsFor(resolution / cyclesPerSecond, exponent);
  return `${(seconds / 10 ** exponent).toFixed(decimals)} ${name}`;
}

/** Decimals that a value in units of 10^exponent seconds needs to show steps of so many seconds. */
export function decimalsFor(step: number, exponent: number): number {
  return step <= 0 ? 0 : Math.min(Math.max(Math.ceil(exponent - Math.log10(step) - 1e-9), 0), 12);
}
