/** What a step into may enter at the line where a frame stands: only the innermost frame of user code steps. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { stoppedDebuggee } from '../session/session.ts';
import { record, whole } from '../session/shape.ts';
import { stepInTargets as targetsOf } from '../step/targets.ts';
import { threadOfFrame } from './scopes.ts';

export const stepInTargets = request('stepInTargets', record({ frameId: whole() }, {}), (session, { frameId }): DebugProtocol.StepInTargetsResponse['body'] => {
  const { debuggee } = stoppedDebuggee(session, 'stepInTargets');
  const frame = session.handles.frameOf(frameId);
  if (!frame) throw errors.staleFrame();
  if ((frame.kind !== 'user' && frame.kind !== 'spu') || !frame.isCurrent) return { targets: [] };
  return {
    targets: targetsOf(debuggee, threadOfFrame(frame)).map(({ id, label, line }) => ({ id, label, ...(line === 0 ? {} : { line: session.client.lineOut(line) }) })),
  };
});
