/** What the steps that get a context an SPE pass to each other. */
import type { FaultInFlight } from '../../fault/state.ts';
import type { Step } from '../../path.ts';
import type { SpeScheduler } from '../../profile/profile.ts';
import type { SpuContext } from '../state.ts';

export interface Activation {
  readonly context: SpuContext;
  readonly fault: FaultInFlight | undefined;
  /** The SPE that was found. */
  spe: number | undefined;
  /** Priority with which the thread sleeps in a task queue. */
  sleepingAt: number | undefined;
  /** A context whose SPE it would take, if nobody held that context. */
  victim: SpuContext | undefined;
  /** The thread sleeps on stop_wq until its context may have an SPE. */
  asleep: boolean;
}

/** Locals of `spu_activate`. */
export function newActivation(context: SpuContext, fault?: FaultInFlight): Activation {
  return { context, fault, spe: undefined, sleepingAt: undefined, victim: undefined, asleep: false };
}

/** Steps that only kernels with these schedulers have. */
export function under<L>(schedulers: readonly SpeScheduler[], steps: readonly Step<L>[]): Step<L>[] {
  return steps.map((s) => ({ ...s, when: ({ scheduler }) => schedulers.includes(scheduler) }));
}

