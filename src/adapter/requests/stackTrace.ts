import type { DebugProtocol } from '@vscode/debugprotocol';
import { referenceOf } from '../memory/reference.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { request } from '../session/request.ts';
import { debuggeeOf, type Session, threadOf } from '../session/session.ts';
import { faultOf, isInKernel } from '../run/stopped.ts';
import { record, whole } from '../session/shape.ts';
import { callStack } from '../stack/callStack.ts';
import type { Frame } from '../stack/frame.ts';
import { frameName, frameSource, instructionPlace } from '../stack/places.ts';

/** While the program runs there are no frames: the client asks for a stop that is over. */
export const stackTrace = request(
  'stackTrace', record({ threadId: whole() }, { startFrame: whole(0), levels: whole(0) }),
  (session, { threadId, startFrame, levels }): DebugProtocol.StackTraceResponse['body'] => {
    const debuggee = debuggeeOf(session, 'stackTrace');
    const { stopped } = session.execution;
    if (!stopped) return { stackFrames: [], totalFrames: 0 };
    const thread = threadOf(debuggee, threadId);
    const frames = callStack(debuggee, thread, faultOf(stopped, thread));
    const start = startFrame ?? 0;
    const end = levels === undefined || levels === 0 ? frames.length : start + levels;
    return { stackFrames: frames.slice(start, end).map((frame) => shownFrame(session, debuggee, frame, isInKernel(stopped))), totalFrames: frames.length };
  },
);

/**
 * Unless the user is stepping through it, the kernel is not where a client should look first:
 * a fault is shown at the instruction that made it.
 */
function shownFrame({ handles, client }: Session, debuggee: Debuggee, frame: Frame, isKernelShown: boolean): DebugProtocol.StackFrame {
  const { source: place, line, column } = frameSource(debuggee, frame);
  const isKernel = frame.kind === 'kernel' || frame.kind === 'returned';
  const source = place && isKernel && !isKernelShown ? { ...place, presentationHint: 'deemphasize' as const } : place;
  const instruction = instructionPlace(frame);
  const isLabel = frame.kind === 'user' && frame.isSignal;
  return {
    id: handles.frame(frame), name: frameName(debuggee, frame),
    line: source ? client.lineOut(line) : 0, column: source ? client.columnOut(column) : 0,
    ...(source ? { source } : {}),
    ...(instruction ? { instructionPointerReference: referenceOf(instruction) } : {}),
    ...(isLabel ? { presentationHint: 'label' } : frame.kind === 'returned' ? { presentationHint: 'subtle' } : {}),
  };
}
