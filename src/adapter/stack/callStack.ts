/** The call stack of a thread: kernel paths above user code, innermost first. */
import type { Runner } from '../../sim/run/stop.ts';
import type { Debuggee } from '../session/debuggee.ts';
import type { Frame } from './frame.ts';
import { kernelFrames } from './kernelFrames.ts';
import { spuFrames } from './spuFrames.ts';
import { userFrames } from './userFrames.ts';

/** @param most Frames wanted: unwinding ends there. */
export function callStack(debuggee: Debuggee, thread: Runner, most?: number): Frame[] {
  const { machine } = debuggee;
  if (thread.kind === 'context') return spuFrames(machine, debuggee.images.imageOf(thread.context), thread.context, most);
  const kernel = kernelFrames(thread.task, machine.profile);
  return [...kernel, ...userFrames(machine, debuggee.code.ppe, thread.task, most === undefined ? undefined : Math.max(most - kernel.length, 1))];
}
