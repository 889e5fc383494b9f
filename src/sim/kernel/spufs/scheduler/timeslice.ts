/** Ticks and time slices (facts 4.3, 4.4). Times are in jiffies, timer interrupts of the kernel. */
import type { Kernel } from '../../kernel.ts';

/** Linux priorities: the number of them, the first that is not real-time, and that of nice 0. */
export const MAX_PRIO = 140;
export const MAX_RT_PRIO = 100;
const NORMAL_PRIO = 120;
/** SPUSCHED_TICK: jiffies from one tick of the scheduler to the next. */
export const TICK_JIFFIES = 10;
const DEFAULT_SLICE_MS = 100;
const MINIMUM_SLICE_MS = 5;
const MS = 1000;

export function isRealtimePriority(priority: number): boolean {
  return priority < MAX_RT_PRIO;
}

/** Ticks of a full time slice at a priority, with `hz` jiffies a second; the divisions are those of integers, as in C. */
export function sliceTicks(priority: number, hz: number): number {
  const minimum = Math.max(Math.floor((MINIMUM_SLICE_MS * hz) / (MS * TICK_JIFFIES)), 1);
  const normal = Math.floor((DEFAULT_SLICE_MS * hz) / (MS * TICK_JIFFIES));
  const scale = priority < NORMAL_PRIO ? normal * 4 : normal;
  return Math.max(Math.floor((scale * (MAX_PRIO - priority)) / ((MAX_PRIO - MAX_RT_PRIO) / 2)), minimum);
}

/** Cycle at which `jiffies` more jiffies will have begun. */
export function cycleAfter(k: Kernel, jiffies: number): number {
  const { profile: { hz }, configuration: { cyclesPerSecond } } = k;
  const now = Math.floor((k.now() * hz) / cyclesPerSecond);
  return Math.ceil(((now + jiffies) * cyclesPerSecond) / hz);
}
