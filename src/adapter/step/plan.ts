/** A step of the user's: how the machine runs until it is done. */
import type { Runner } from '../../sim/run/stop.ts';

/** What a step into an instruction enters besides functions: nothing, or the kernel that the instruction calls or faults into. */
export type StepInto = 'user' | 'kernel';
export type StepKind = 'in' | 'over' | 'out';
/** `statement` counts as `line`. */
export type Granularity = 'line' | 'instruction';

/** What a step into is to enter: the function that a call calls, or the kernel from an instruction. */
export interface StepInTarget {
  readonly address: number;
  readonly isKernel: boolean;
}

export interface StepPlan {
  readonly thread: Runner;
  /** Addresses up to which the program runs freely; undefined while the thread goes one instruction or kernel step at a time. */
  readonly until: readonly number[] | undefined;
  /** Whether arriving at one of those addresses counts: a recursive call may pass there too. */
  isThere(): boolean;
  /** Whether an instruction at which the step began is only taken up again: breakpoints on it have been heard. */
  takesUpAgain(address: number): boolean;
  /** The thread took its instruction or kernel step, or is there. True when the user's step is done. */
  arrived(): boolean;
}
