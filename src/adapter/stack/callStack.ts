/** The call stack of a thread: kernel paths above user code, innermost first. */
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import type { Task } from '../../sim/kernel/state.ts';
import type { Runner } from '../../sim/run/stop.ts';
import type { Debuggee } from '../session/debuggee.ts';
import type { Frame, ReturnedFrame, UserFrame } from './frame.ts';
import { faultWay } from './faultWay.ts';
import { kernelFrames } from './kernelFrames.ts';
import { spuFrames } from './spuFrames.ts';
import { userFrames } from './userFrames.ts';

/** @param fault The fault that the thread is stopped on: the paths that have answered stand above those in flight. */
export function callStack(debuggee: Debuggee, thread: Runner, fault: FaultRecord | undefined): Frame[] {
  const { machine } = debuggee;
  if (thread.kind === 'context') return spuFrames(machine, debuggee.images.imageOf(thread.context), thread.context);
  const kernel = kernelFrames(thread.task, machine.profile);
  const returned = fault ? returnedFrames(thread.task, fault) : [];
  return [...returned, ...kernel, ...userFrames(machine, debuggee.code.ppe, thread.task).flatMap(withInlined)];
}

/** A frame of its own for each function that was inlined where the frame stands. */
function withInlined(frame: UserFrame): UserFrame[] {
  const count = frame.code?.activations.length ?? 0;
  return count < 2 ? [frame] : Array.from({ length: count }, (_, activation) => ({ ...frame, activation }));
}

/** Innermost first. */
function returnedFrames(task: Task, fault: FaultRecord): ReturnedFrame[] {
  const way = faultWay(fault).filter(({ path }) => !task.kernelStack.some((frame) => frame.path === path));
  return way.map(({ path, step }): ReturnedFrame => ({
    kind: 'returned', task, path, step, answer: path === fault.handler ? fault.handlerAnswer : undefined,
  })).reverse();
}
