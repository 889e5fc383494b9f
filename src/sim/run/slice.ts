/**
 * Whose turn it is. The processor that is furthest behind runs until the next event or the
 * end of its slice. Slices end at cycle counts and at things the program does, never because
 * a debugger stopped: so running, stepping and replaying give the same order (design, section 5).
 */

/** Longest turn while other processors can run too: how far processors may drift apart. */
const SHARED_SLICE = 2048;
/** Longest turn of a processor that runs alone. */
const LONE_SLICE = 16384;

/** The turn in progress: plain data, part of the machine's state. */
export interface Slice {
  /** Index in the machine's list of processors. */
  readonly processor: number;
  end: number;
}

/** A processor of the machine as the order of turns sees it. */
export interface Processor {
  /** Its simulated time. */
  readonly cycle: number;
  /** It has something to do now. */
  readonly runnable: boolean;
}

/** The next turn, or undefined when no processor can run. Ties go to the lower index. */
export function nextSlice(processors: readonly Processor[], nextEvent: number): Slice | undefined {
  let chosen = -1;
  let cycle = Infinity;
  let count = 0;
  for (let i = 0; i < processors.length; i += 1) {
    const processor = processors[i];
    if (!processor?.runnable) continue;
    count += 1;
    if (processor.cycle < cycle) {
      chosen = i;
      cycle = processor.cycle;
    }
  }
  if (chosen < 0) return undefined;
  return { processor: chosen, end: Math.min(nextEvent, cycle + (count > 1 ? SHARED_SLICE : LONE_SLICE)) };
}

/** Something is due at `cycle`: the turn ends there at the latest. */
export function endSliceAt(slice: Slice | undefined, cycle: number): void {
  if (slice && cycle < slice.end) slice.end = cycle;
}

/** Another processor has something to do from `now` on: the turn is no longer that of a lone one. */
export function shareSlice(slice: Slice | undefined, now: number): void {
  endSliceAt(slice, now + SHARED_SLICE);
}
