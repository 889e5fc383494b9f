/** Requests after which the program goes on: all threads, or, with `singleThread`, one while the others stand still. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { request } from '../session/request.ts';
import { debuggeeOf, stoppedDebuggee, threadOf } from '../session/session.ts';
import { errors } from '../session/errors.ts';
import { flag, oneOf, record, whole } from '../session/shape.ts';
import { isInKernel } from '../run/stopped.ts';
import { targetNumbered } from '../step/targets.ts';
import { makePlan } from '../step/makePlan.ts';
import type { StepKind } from '../step/plan.ts';

const thread = record({ threadId: whole() }, { singleThread: flag });

/** `continue`; a word of the language cannot be a name. */
export const goOn = request('continue', thread, (session, { threadId, singleThread }): DebugProtocol.ContinueResponse['body'] => {
  const debuggee = debuggeeOf(session, 'continue');
  if (session.execution.phase === 'ended') throw errors.hasEnded('continue');
  const only = singleThread === true ? threadOf(debuggee, threadId) : undefined;
  session.execution.resume(undefined, only);
  return { allThreadsContinued: only === undefined };
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
  return request(command, args, (session, { threadId, granularity, singleThread, targetId }): void => {
    const { debuggee, stopped } = stoppedDebuggee(session, command);
    const runner = threadOf(debuggee, threadId);
    const target = kind === 'in' && targetId !== undefined ? targetNumbered(debuggee, runner, targetId) : undefined;
    const plan = makePlan(debuggee, runner, {
      kind, granularity: granularity === 'instruction' ? 'instruction' : 'line', into: session.stepping.into, isInKernel: isInKernel(stopped), target,
    });
    session.execution.resume(plan, singleThread === true ? runner : undefined);
  });
}
