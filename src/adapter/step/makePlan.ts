/** The plan of a step, by where the thread is. */
import type { Runner } from '../../sim/run/stop.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { CodeStep } from './codeStep.ts';
import { KernelStep } from './kernelStep.ts';
import type { Granularity, StepKind, StepPlan } from './plan.ts';
import { contextProbe, taskProbe } from './probe.ts';

/**
 * A step of a user who looks at the instruction that entered the kernel takes that
 * instruction to its end; only a step into goes through the kernel's own steps.
 * @throws RequestError where there is nothing to step out to.
 */
export function makePlan(debuggee: Debuggee, thread: Runner, kind: StepKind, granularity: Granularity, isInKernel: boolean): StepPlan {
  if (thread.kind === 'context') return new CodeStep(thread, kind, granularity, contextProbe(debuggee, thread.context));
  const { task } = thread;
  if (task.kernelStack.length > 0 && (isInKernel || kind === 'in')) return new KernelStep(task, kind);
  return new CodeStep(thread, kind, granularity, taskProbe(debuggee, task));
}
