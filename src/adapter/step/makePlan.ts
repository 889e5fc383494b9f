/** The plan of a step, by where the thread is. */
import type { Runner } from '../../sim/run/stop.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { CodeStep } from './codeStep.ts';
import { KernelStep } from './kernelStep.ts';
import type { Granularity, StepInTarget, StepInto, StepKind, StepPlan } from './plan.ts';
import { contextProbe, taskProbe } from './probe.ts';

export interface StepWish {
  readonly kind: StepKind;
  readonly granularity: Granularity;
  readonly into: StepInto;
  /** The user looks at the kernel's listing, not at the instruction that entered the kernel. */
  readonly isInKernel: boolean;
  /** One of `stepInTargets`. */
  readonly target?: StepInTarget | undefined;
}

/**
 * A step of a user who looks at the instruction that entered the kernel takes that
 * instruction to its end; only a step into the kernel goes through the kernel's own steps.
 * @throws RequestError where there is nothing to step out to.
 */
export function makePlan(debuggee: Debuggee, thread: Runner, { kind, granularity, into, isInKernel, target }: StepWish): StepPlan {
  if (thread.kind === 'context') return new CodeStep(thread, kind, granularity, contextProbe(debuggee, thread.context), target);
  const { task } = thread;
  const entersKernel = kind === 'in' && (target ? target.isKernel : into === 'kernel');
  if (task.kernelStack.length > 0 && (isInKernel || entersKernel)) return new KernelStep(task, kind);
  return new CodeStep(thread, kind, granularity, taskProbe(debuggee, task), target, entersKernel);
}
