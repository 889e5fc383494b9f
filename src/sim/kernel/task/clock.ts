/** Simulated time as programs see it: cycles to seconds and nanoseconds, and back. */
import type { Kernel } from '../kernel.ts';

export const CLOCK = {
  REALTIME: 0, MONOTONIC: 1, PROCESS_CPUTIME: 2, THREAD_CPUTIME: 3, MONOTONIC_RAW: 4, REALTIME_COARSE: 5,
  MONOTONIC_COARSE: 6, BOOTTIME: 7,
} as const;

/** CLOCK_REALTIME at cycle 0: 2006-09-15 00:00:00 UTC. */
const EPOCH_SECONDS = 1_158_278_400;
export const NANOSECONDS = 1_000_000_000;
/** USER_HZ: ticks of times(2) and AT_CLKTCK. */
export const CLOCK_TICKS = 100;

export interface TimeSpec {
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** Time since the machine was switched on, of a cycle. */
export function timeOf(k: Kernel, cycle: number): TimeSpec {
  const { cyclesPerSecond } = k.configuration;
  const seconds = Math.floor(cycle / cyclesPerSecond);
  return { seconds, nanoseconds: Math.floor(((cycle - seconds * cyclesPerSecond) * NANOSECONDS) / cyclesPerSecond) };
}

/** Time of day, of a cycle. */
export function realtimeOf(k: Kernel, cycle: number): TimeSpec {
  const { seconds, nanoseconds } = timeOf(k, cycle);
  return { seconds: seconds + EPOCH_SECONDS, nanoseconds };
}

/** Cycles that a time takes, rounded up: nothing ends early. */
export function cyclesOf(k: Kernel, { seconds, nanoseconds }: TimeSpec): number {
  const { cyclesPerSecond } = k.configuration;
  return seconds * cyclesPerSecond + Math.ceil((nanoseconds * cyclesPerSecond) / NANOSECONDS);
}

/** Cycle at which an absolute time of a clock is reached. */
export function cycleOfTime(k: Kernel, clock: number, time: TimeSpec): number {
  const realtime = clock === CLOCK.REALTIME || clock === CLOCK.REALTIME_COARSE;
  return cyclesOf(k, realtime ? { seconds: time.seconds - EPOCH_SECONDS, nanoseconds: time.nanoseconds } : time);
}
