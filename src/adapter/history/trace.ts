/** What a thread did, an instruction or kernel step at a time: where it stood before each. */
import type { Tree } from '../../sim/history/tree.ts';
import type { Runner } from '../../sim/run/stop.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { contextProbe, type Probe, taskProbe } from '../step/probe.ts';

export interface Moment {
  readonly place: number;
  readonly pc: number;
  readonly stackPointer: number;
  readonly word: number | undefined;
  /** Instructions that the thread had completed. */
  readonly completed: number;
  readonly isInKernel: boolean;
}

export function momentOf(debuggee: Debuggee, thread: Runner): Moment {
  const { pc, stackPointer, word } = probeOf(debuggee, thread).standing();
  return {
    place: debuggee.machine.place, pc, stackPointer, word,
    completed: thread.kind === 'task' ? thread.task.userCycles : thread.context.executed,
    isInKernel: thread.kind === 'task' && thread.task.kernelStack.length > 0,
  };
}

export function probeOf(debuggee: Debuggee, thread: Runner): Probe {
  return thread.kind === 'task' ? taskProbe(debuggee, thread.task) : contextProbe(debuggee, thread.context);
}

/** How much a thread had done: another number after everything that it does; undefined before it was there. */
export function doneBy(kernel: Tree['kernel'], { kind, id }: { readonly kind: Runner['kind']; readonly id: number }): number | undefined {
  if (kind === 'context') return [...kernel.spufs.contexts.values()].find((context) => context.id === id)?.executed;
  const task = kernel.tasks.get(id);
  return task && task.userCycles + task.systemCycles;
}
