/** Begins the innermost function again. Arguments are what their registers hold now, and memory stays as it is. */
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { stoppedDebuggee } from '../session/session.ts';
import { record, whole } from '../session/shape.ts';
import { restartOf } from '../stack/restart.ts';
import { threadOfFrame } from './scopes.ts';

export const restartFrame = request('restartFrame', record({ frameId: whole() }, {}), (session, { frameId }): void => {
  const { debuggee } = stoppedDebuggee(session, 'restartFrame');
  const frame = session.handles.frameOf(frameId);
  if (!frame) throw errors.staleFrame();
  const restart = restartOf(debuggee, frame);
  if (!restart) throw errors.cannotRestart('only the innermost function can, and only while its thread is in user code whose symbol and stack frame are known.');
  restart();
  session.execution.moved(threadOfFrame(frame), 'restart');
});
