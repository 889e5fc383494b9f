/** Data of tasks beyond `Task` itself: shares of a CPU, futexes, limits, restarts. Plain data. */
import type { Task, WaitQueue } from '../state.ts';

/** What the CPU scheduler remembers of a task. */
export interface CpuShare {
  /** Cycles of its time slice that are left while it is off its CPU; a full slice when it is used up. */
  slice: number;
  /** Its slice is used up: it waits until every other ready task has used up its own. */
  expired: boolean;
  /** Cycle at which it became ready: no CPU takes it earlier in its own time. */
  readyAt: number;
  /** Bit n: it may run on PPE hardware thread n. */
  allowed: number;
}

/** One thread in futex_wait. */
export interface FutexWaiter {
  readonly task: Task;
  /** Word that it waits for: `key` of `task/futexKey.ts`; a requeue changes it. */
  key: string;
  readonly bitset: number;
  readonly queue: WaitQueue;
  /** False as soon as a wake took it off the table. */
  queued: boolean;
}

/** Waiters by key, in the order in which they came. */
export type FutexTable = Map<string, FutexWaiter[]>;

/** Resources used: cycles in user and in kernel mode, page faults. */
export interface Usage {
  readonly user: number;
  readonly system: number;
  readonly minFlt: number;
  readonly majFlt: number;
}

export interface ResourceLimit {
  readonly soft: bigint;
  readonly hard: bigint;
}

/** A sleep that restart_syscall goes on with: its end, and where the rest of the time is reported. */
export interface RestartBlock {
  readonly clock: number;
  readonly due: number;
  readonly remainder: number;
}
