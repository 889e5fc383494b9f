/** Requests that take the program back, or to another moment of its history. */
import { ReverseContinue } from '../history/reverseContinue.ts';
import { StepBack } from '../history/stepBack.ts';
import { ToCycle, ToFault, ToPresent } from '../history/travelTo.ts';
import { TRAVEL_REQUEST } from '../protocol.ts';
import { isInKernel } from '../run/stopped.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { stoppedDebuggee, threadOf } from '../session/session.ts';
import { flag, oneOf, record, whole } from '../session/shape.ts';

export const stepBack = request(
  'stepBack', record({ threadId: whole() }, { singleThread: flag, granularity: oneOf('statement', 'line', 'instruction') }),
  (session, { threadId, granularity }): void => {
    const { debuggee, stopped } = stoppedDebuggee(session, 'stepBack');
    const thread = threadOf(debuggee, threadId);
    session.execution.travel((traveller) => new StepBack(traveller, thread, {
      granularity: granularity === 'instruction' ? 'instruction' : 'line', isInKernel: isInKernel(stopped),
    }));
  },
);

/** Back to the latest stop before this one. All threads go back: time is one. */
export const reverseContinue = request('reverseContinue', record({ threadId: whole() }, { singleThread: flag }), (session): void => {
  stoppedDebuggee(session, 'reverseContinue');
  session.execution.travel((traveller) => new ReverseContinue(traveller));
});

export const travelTo = request(TRAVEL_REQUEST, record({}, { fault: whole(0), cycle: whole(0) }), (session, { fault, cycle }): void => {
  const { debuggee: { machine } } = stoppedDebuggee(session, TRAVEL_REQUEST);
  if (fault !== undefined && fault >= (machine.history?.faults ?? 0)) throw errors.noSuchFault(fault);
  if (cycle !== undefined && cycle > (machine.history?.presentCycle ?? 0)) throw errors.notYet(cycle);
  session.execution.travel((traveller) => {
    if (fault !== undefined) return new ToFault(traveller, fault);
    return cycle === undefined ? new ToPresent(traveller) : new ToCycle(traveller, cycle);
  });
});
