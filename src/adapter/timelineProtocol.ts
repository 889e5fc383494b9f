/** Refault's request about time: what every task, processor and context did, and when. */
import type { Outcome } from '../sim/kernel/fault/state.ts';

/** `refault/timeline`: what happened between two cycles, lane by lane. */
export const TIMELINE_REQUEST = 'refault/timeline';

export interface TimelineArguments {
  /** Cycles that are looked at: from the beginning, to now, where nothing is said. */
  readonly from?: number;
  readonly to?: number;
  /**
   * Cycles that are one point of the picture, one where nothing is said. Of spans that are shorter one stands for all (`many`),
   * and of marks of a kind that begin within one point: both count what they stand for. A lane has at most two spans, and one
   * mark of a kind, for each point; a longer time than 8,192 points has points of as many cycles as it needs.
   */
  readonly cyclesPerPoint?: number;
}

export interface TimelineResponse {
  /** Oldest cycle that is still known: the newest 262,144 changes are kept. */
  readonly begin: number;
  /** Now. */
  readonly end: number;
  readonly cyclesPerSecond: number;
  /** In the order to be drawn in: hardware threads of the PPE, SPEs, tasks, contexts. */
  readonly lanes: readonly TimelineLane[];
}

export interface TimelineLane {
  /** Stays the same for the whole session. */
  readonly id: string;
  readonly kind: 'cpu' | 'spe' | 'task' | 'context';
  /** `CPU 0`, `SPE 2`, `retry.s (1000)`, `worker`. */
  readonly name: string;
  /** Thread of the debugger that the lane is of. */
  readonly threadId?: number;
  /** Oldest first; they do not overlap. Between them the lane's thing did not exist, or did nothing. */
  readonly spans: readonly TimelineSpan[];
  /** Oldest first. Faults are marks of their task or context, from their beginning; the wait in one is a span. */
  readonly marks: readonly TimelineMark[];
}

/**
 * What a lane does: `running` (on a processor; of a processor: busy), `kernel` (a task in the kernel, not waiting), `ready` (may run, waits for a processor or, a
 * context, for an SPE), `waiting` (for something that happens), `stopped` (by a signal, or an SPU that has stopped),
 * `many`: several of these too short to be told apart.
 */
export type TimelineDoing = 'running' | 'kernel' | 'ready' | 'waiting' | 'stopped' | 'many';

export interface TimelineSpan {
  readonly from: number;
  /** First cycle beyond; `end` of the answer where it goes on. */
  readonly to: number;
  readonly doing: TimelineDoing;
  /** Whom it runs, where it runs, what it waits for: `worker`, `on SPE 2`, `in get_idle_spu, for the SPE run queue at priority 120`. */
  readonly what?: string;
  /** The fault that the wait is in. */
  readonly fault?: number;
  /** How many spans there are in one of `many`. */
  readonly count?: number;
}

export type TimelineMark = FaultMark | EventMark;

/** From the mildest to the worst: what stands for several faults, and lies above others in a picture. */
export const SEVERITY = ['MINOR', 'MAJOR', 'RETRY', 'OOM', 'SIGBUS', 'SIGSEGV'] as const satisfies readonly Outcome[];

/** One fault that was decided, or several that began at one point: then the worst of them. */
export interface FaultMark {
  readonly kind: 'fault';
  readonly at: number;
  /** Cycle at which the outcome was known. */
  readonly to: number;
  readonly fault: number;
  readonly outcome: Outcome;
  /** `RETRY write 0x4000000c /spu/other/signal1`. */
  readonly what: string;
  readonly count: number;
}

/** One event, or several that began at one point: then `what` is said of the first. */
export interface EventMark {
  /** `signal`: one is delivered; `dma`: a command of the MFC, from when it is queued to when it is done (`to`). */
  readonly kind: 'signal' | 'dma';
  readonly at: number;
  readonly to?: number;
  /** `SIGALRM`, `get 128 bytes 0x10000400 tag 3`. */
  readonly what: string;
  readonly count: number;
}
