/** Frames of the kernel paths that a task is in. */
import { PATHS } from '../../sim/kernel/paths.ts';
import type { Frame as PathFrame, PathTable } from '../../sim/kernel/path.ts';
import type { Profile } from '../../sim/kernel/profile/profile.ts';
import type { Task } from '../../sim/kernel/state.ts';
import type { KernelFrame } from './frame.ts';

/** Innermost first. */
export function kernelFrames(task: Task, profile: Profile): KernelFrame[] {
  const { kernelStack } = task;
  return kernelStack.map((frame, depth): KernelFrame => ({
    kind: 'kernel', task, depth, path: frame.path, step: listedStep(frame, depth === kernelStack.length - 1, profile),
  })).reverse();
}

/** The step that a frame shows: the next one of the innermost path, the one that made the call of another. */
function listedStep(frame: PathFrame, isInnermost: boolean, profile: Profile): number {
  const table: PathTable = PATHS;
  const { steps } = table[frame.path];
  const exists = (step: number): boolean => steps[step]?.when?.(profile) !== false;
  if (isInnermost) {
    let step = Math.min(frame.step, steps.length - 1);
    while (step < steps.length - 1 && !exists(step)) step += 1;
    return step;
  }
  let step = Math.max(frame.step - 1, 0);
  while (step > 0 && !exists(step)) step -= 1;
  return step;
}
