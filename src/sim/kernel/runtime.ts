/** Runs kernel paths: one step at a time, on the task's kernel stack. */
import type { TrailStep } from './fault/state.ts';
import type { Kernel } from './kernel.ts';
import type { FrameOf, PathName, PathTable, Verdict } from './path.ts';
import { PATHS } from './paths.ts';
import type { Task } from './state.ts';
import { signalPending } from './signal/pending.ts';
import { sleepOn } from './wait.ts';

/** What a task does after a step. */
export type Advance =
  /** The next step follows. */
  | 'running'
  /** It sleeps or let others run first: its CPU takes another task. */
  | 'off'
  /** Its outermost path returned: it goes back to user mode. */
  | 'user';

/**
 * Takes one step of the innermost path of `task`, which has one.
 * @throws Error when a path runs off its end or names an unknown label: a mistake in the path.
 */
export function advance(k: Kernel, task: Task): Advance {
  const frame = task.kernelStack.at(-1);
  if (!frame) throw new Error(`Task ${String(task.tid)} has no kernel path to advance.`);
  return follow(task, frame, takeStep(k, task, frame));
}

function takeStep<K extends PathName>(k: Kernel, task: Task, frame: FrameOf<K>): Verdict {
  const table: PathTable = PATHS;
  const path = table[frame.path];
  while (path.steps[frame.step]?.when?.(k.profile) === false) frame.step += 1;
  const step = path.steps[frame.step];
  if (!step) throw new Error(`The path ${frame.path} ran past its last step.`);
  const { locals } = frame;
  if ('fault' in locals && locals.fault) recordStep(locals.fault.record.trail, frame.path, frame.step);
  const verdict = step.action(k, task, locals, frame);
  if (verdict.kind === 'wait') return verdict;
  task.interrupted = false;
  if (verdict.kind === 'goTo') {
    const target = path.labels.get(verdict.label);
    if (target === undefined) throw new Error(`The path ${frame.path} has no step labelled ${verdict.label}.`);
    frame.step = target;
  } else {
    frame.step += 1;
  }
  return verdict;
}

function follow(task: Task, frame: FrameOf<PathName>, verdict: Verdict): Advance {
  switch (verdict.kind) {
    case 'next':
    case 'goTo':
      return 'running';
    case 'call':
      task.kernelStack.push(verdict.frame);
      return 'running';
    case 'yield':
      return 'off';
    case 'wait':
      if (verdict.interruptible && signalPending(task)) {
        task.interrupted = true;
        return 'running';
      }
      task.interrupted = false;
      sleepOn(task, verdict.queue, verdict.interruptible, verdict.exclusive);
      return 'off';
    case 'done': {
      // A step that ended the task or replaced its program has emptied the stack already.
      if (task.kernelStack.at(-1) === frame) task.kernelStack.pop();
      const caller = task.kernelStack.at(-1);
      if (!caller) return 'user';
      caller.returned = verdict.value;
      return 'running';
    }
  }
}

/** A step that waits is taken again when it is woken, and stands in the trail once. */
function recordStep(trail: TrailStep[], path: PathName, step: number): void {
  const last = trail.at(-1);
  if (last?.path !== path || last.step !== step) trail.push({ path, step });
}
