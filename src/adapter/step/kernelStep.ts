/** A step that begins in a kernel path: a line of the listing is a step of the path. */
import type { Task } from '../../sim/kernel/state.ts';
import type { Runner } from '../../sim/run/stop.ts';
import type { StepKind, StepPlan } from './plan.ts';

export class KernelStep implements StepPlan {
  readonly thread: Runner;
  readonly until = undefined;
  private readonly depth: number;

  constructor(private readonly task: Task, private readonly kind: StepKind) {
    this.thread = { kind: 'task', task };
    this.depth = task.kernelStack.length;
  }

  isThere(): boolean {
    return false;
  }

  /** Back in user mode, the instruction that entered the kernel is taken up again. */
  takesUpAgain(): boolean {
    return this.task.kernelStack.length === 0;
  }

  arrived(): boolean {
    // A step that sleeps is not done: it runs again when its task is woken.
    if (this.task.waitingOn) return false;
    const depth = this.task.kernelStack.length;
    switch (this.kind) {
      case 'in': return true;
      case 'over': return depth <= this.depth;
      case 'out': return depth < this.depth;
    }
  }
}
