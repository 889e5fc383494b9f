/** Requests after which the program goes on. All threads do: one alone would make another program of it. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { request } from '../session/request.ts';
import { debuggeeOf, stoppedDebuggee, threadOf } from '../session/session.ts';
import { errors } from '../session/errors.ts';
import { flag, oneOf, record, whole } from '../session/shape.ts';
import { isInKernel } from '../run/stopped.ts';
import { makePlan } from '../step/makePlan.ts';
import type { StepKind } from '../step/plan.ts';

const thread = record({ threadId: whole() }, { singleThread: flag });

/** `continue`; a word of the language cannot be a name. */
export const goOn = request('continue', thread, (session): DebugProtocol.ContinueResponse['body'] => {
  debuggeeOf(session, 'continue');
  if (session.execution.phase === 'ended') throw errors.hasEnded('continue');
  session.execution.resume();
  return { allThreadsContinued: true };
});

export const next = step('next', 'over');
export const stepIn = step('stepIn', 'in');
export const stepOut = step('stepOut', 'out');

/** The client hears of the pause in a `stopped` event. */
export const pause = request('pause', record({ threadId: whole() }, {}), (session, { threadId }): void => {
  debuggeeOf(session, 'pause');
  if (session.execution.phase === 'ended') throw errors.hasEnded('pause');
  session.execution.pause(threadId);
});

function step(command: string, kind: StepKind) {
  const args = record({ threadId: whole() }, { singleThread: flag, granularity: oneOf('statement', 'line', 'instruction'), targetId: whole() });
  return request(command, args, (session, { threadId, granularity }): void => {
    const { debuggee, stopped } = stoppedDebuggee(session, command);
    session.execution.resume(makePlan(debuggee, threadOf(debuggee, threadId), {
      kind, granularity: granularity === 'instruction' ? 'instruction' : 'line', into: session.stepping.into, isInKernel: isInKernel(stopped),
    }));
  });
}
