const UNITS: readonly (readonly [seconds: number, unit: string])[] = [[1, 's'], [1e-3, 'ms'], [1e-6, 'µs']];

/** Cycles as time with three digits: `1.25 ms`. */
export function simulatedTime(cycles: number, cyclesPerSecond: number): string {
  const seconds = cycles / cyclesPerSecond;
  const [size, unit] = UNITS.find(([least]) => seconds >= least) ?? [1e-6, 'µs'];
  const value = seconds / size;
  return `${value >= 1000 ? String(Math.round(value)) : value.toPrecision(3)} ${unit}`;
}
