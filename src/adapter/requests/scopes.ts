import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Runner } from '../../sim/run/stop.ts';
import { faultOf } from '../run/stopped.ts';
import { request } from '../session/request.ts';
import { debuggeeOf } from '../session/session.ts';
import { record, whole } from '../session/shape.ts';
import type { Frame } from '../stack/frame.ts';
import { scopesOf } from '../variables/scopes.ts';

/** A frame of an earlier stop has no scopes. */
export const scopes = request('scopes', record({ frameId: whole() }, {}), (session, { frameId }): DebugProtocol.ScopesResponse['body'] => {
  const debuggee = debuggeeOf(session, 'scopes');
  const { handles, execution } = session;
  const frame = handles.frameOf(frameId);
  if (!frame) return { scopes: [] };
  return {
    scopes: scopesOf(debuggee, frame, faultOf(execution.stopped, threadOfFrame(frame))).map(({ name, hint, expensive, container }) => ({
      name, expensive, variablesReference: handles.container(container), ...(hint === undefined ? {} : { presentationHint: hint }),
    })),
  };
});

export function threadOfFrame(frame: Frame): Runner {
  return frame.kind === 'spu' ? { kind: 'context', context: frame.context } : { kind: 'task', task: frame.task };
}
