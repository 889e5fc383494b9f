/** Runs kernel paths: one step at a time, on the task's kernel stack. */
import type { FaultInFlight, TrailStep } from './fault/state.ts';
import type { Kernel } from './kernel.ts';
import { type AnyPath, type Frame, next, type PathStep, type Verdict } from './path.ts';
import { PATH_OF_NAME } from './paths.ts';
import type { Task } from './state.ts';
import { signalPending } from './signal/pending.ts';
import { tellStuck } from './task/stuck.ts';
import { sleepOn } from './wait.ts';
import { taskWaits } from '../timeline/record.ts';

/** Read so rather than asked for with `in`: locals have many shapes, and this is done at every step. */
interface MayHaveFault {
  readonly fault?: FaultInFlight | undefined;
}

type Wait = Extract<Verdict, { kind: 'wait' }>;

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
 * @param known the paths that were found last, by their depth in the stack: mostly the same ones follow.
 * @throws Error when a path runs off its end or names an unknown label: a mistake in the path.
 */
export function advance(k: Kernel, task: Task, known: AnyPath[] = []): Advance {
  const { kernelStack } = task;
  const depth = kernelStack.length - 1;
  const frame = kernelStack[depth];
  if (!frame) throw new Error(`Task ${String(task.tid)} has no kernel path to advance.`);
  let path = known[depth];
  if (path?.name !== frame.path) path = known[depth] = pathNamed(frame.path);
  const { locals } = frame;
  const step = currentStep(k, path, frame);
  const { fault } = locals as MayHaveFault;
  if (fault) recordStep(fault.record.trail, step.place);
  const verdict = step.action(k, task, locals as never, frame);
  if (verdict !== next) return follow(k, task, path, frame, verdict);
  task.interrupted = false;
  frame.step += 1;
  return 'running';
}

function pathNamed(name: string): AnyPath {
  const path = PATH_OF_NAME.get(name);
  if (!path) throw new Error(`There is no kernel path ${name}.`);
  return path;
}

/** The step that `frame` is at, or the next one that this kernel has. */
function currentStep(k: Kernel, { steps }: AnyPath, frame: Frame): PathStep<never> {
  for (;;) {
    const step = steps[frame.step];
    if (!step) throw new Error(`The path ${frame.path} ran past its last step.`);
    if (step.when?.(k.profile) !== false) return step;
    frame.step += 1;
  }
}

function follow(k: Kernel, task: Task, path: AnyPath, frame: Frame, verdict: Verdict): Advance {
  if (verdict.kind === 'wait') return sleep(k, task, verdict);
  task.interrupted = false;
  frame.step = verdict.kind === 'goTo' ? stepOf(path, frame, verdict.label) : frame.step + 1;
  switch (verdict.kind) {
    case 'next':
    case 'goTo':
      return 'running';
    case 'call':
      task.kernelStack.push(verdict.frame);
      return 'running';
    case 'yield':
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

function stepOf({ labels }: AnyPath, { path }: Frame, label: string): number {
  const step = labels.get(label);
  if (step === undefined) throw new Error(`The path ${path} has no step labelled ${label}.`);
  return step;
}

function sleep(k: Kernel, task: Task, { queue, interruptible, exclusive }: Wait): Advance {
  if (interruptible && signalPending(task)) {
    task.interrupted = true;
    return 'running';
  }
  task.interrupted = false;
  sleepOn(task, queue, interruptible, exclusive);
  taskWaits(k, task, queue);
  // One thread alone waits for nobody.
  if (k.state.tasks.size > 2) tellStuck(k, task);
  return 'off';
}

/** A step that waits is taken again when it is woken, and stands in the trail once. */
function recordStep(trail: TrailStep[], place: TrailStep): void {
  const last = trail[trail.length - 1];
  if (last !== place && (last?.path !== place.path || last.step !== place.step)) trail.push(place);
}
