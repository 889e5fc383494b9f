/** Refault's request about time: what every task, processor and context did, and when. */
import type { Outcome } from '../sim/kernel/fault/state.ts';

/** `refault/timeline`: what happened between two cycles, lane by lane. */
export const TIMELINE_REQUEST = 'refault/timeline';

export interface TimelineArguments {
  /** Cycles that are looked at: from the beginning, to now, where nothing is said. */
  readonly from?: number;
  readonly to?: number;
  /**
   * Cycles that are one point of the picture. Of what is shorter, a piece of a lane gives one span (`many`) or one mark that
   * counts what it stands for: an answer never has more spans and marks in a lane than there are points between `from` and `to`.
   * One cycle where nothing is said.
   */
  readonly cyclesPerPoint?: number;
}

export interface TimelineResponse {
  /** Oldest cycle that is still known: what was before has been let go of. */
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
  /** `CPU 0`, `SPE 2`, `3 retry`, `worker`. */
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
  /** What it runs or waits for: `worker`, `on SPE 2`, `in spufs_ps_nopage, for an SPE`. */
  readonly what?: string;
  /** The fault that the wait is in. */
  readonly fault?: number;
  /** How many spans there are in one of `many`. */
  readonly count?: number;
}

export type TimelineMark = FaultMark | EventMark;

/** One fault, or several at one point: then with the outcome that is worst of them, in the order of `OUTCOME`, and the id of that one. */
export interface FaultMark {
  readonly kind: 'fault';
  readonly at: number;
  /** Cycle at which the outcome was known; absent while it is in the kernel. */
  readonly to?: number;
  readonly fault: number;
  readonly outcome: Outcome;
  /** `RETRY 0x30000010 store`. */
  readonly what: string;
  readonly count: number;
}

export interface EventMark {
  /** `signal`: one is delivered; `dma`: a command of the MFC, from when it is queued to when it is done (`to`). */
  readonly kind: 'signal' | 'dma';
  readonly at: number;
  readonly to?: number;
  /** `SIGALRM`, `get 0x4000 tag 3`. */
  readonly what: string;
  readonly count: number;
}
