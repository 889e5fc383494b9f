import type { DebugProtocol } from '@vscode/debugprotocol';
import { describeFault } from '../../sim/kernel/fault/describe.ts';
import { lineOf } from '../../sim/kernel/fault/listing.ts';
import type { PathName, PathTable } from '../../sim/kernel/path.ts';
import { PATHS } from '../../sim/kernel/paths.ts';
import type { Profile } from '../../sim/kernel/profile/profile.ts';
import { faultWay } from '../stack/faultWay.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { stoppedDebuggee, threadOf } from '../session/session.ts';
import { list, record, text, whole } from '../session/shape.ts';
import { faultOf } from '../run/stopped.ts';
import { threadIdOf } from '../threads/threads.ts';

function stepText(profile: Profile, path: PathName, step: number): string {
  const table: PathTable = PATHS;
  return lineOf(table[path].steps[step]?.text ?? '', profile);
}

export const setExceptionBreakpoints = request(
  'setExceptionBreakpoints',
  record({ filters: list(text) }, { filterOptions: list(record({ filterId: text }, { condition: text })) }),
  (session, { filters, filterOptions }): DebugProtocol.SetExceptionBreakpointsResponse['body'] => ({
    breakpoints: session.filters.set([...filters.map((filterId) => ({ filterId })), ...(filterOptions ?? [])]),
  }),
);

export const exceptionInfo = request('exceptionInfo', record({ threadId: whole() }, {}), (session, { threadId }): DebugProtocol.ExceptionInfoResponse['body'] => {
  const { debuggee, stopped } = stoppedDebuggee(session, 'exceptionInfo');
  const thread = threadOf(debuggee, threadId);
  const { cause } = stopped;
  if (cause.kind === 'deadlock' && (!stopped.thread || threadIdOf(stopped.thread) === threadId)) {
    const { report } = cause;
    return {
      exceptionId: 'deadlock', description: report.sentence, breakMode: 'always',
      details: { typeName: 'deadlock', message: report.sentence },
    };
  }
  const fault = faultOf(stopped, thread);
  if (!fault) throw errors.noException();
  const { profile } = debuggee.machine;
  const { headline, sentences } = describeFault(fault, profile);
  return {
    exceptionId: fault.outcome, description: [headline, ...sentences].join('\n'), breakMode: 'always',
    details: {
      typeName: fault.outcome, fullTypeName: `page fault ${String(fault.id)}: ${fault.outcome}`, message: sentences.join(' '),
      stackTrace: faultWay(fault).map(({ path, step }) => `${path}: ${stepText(profile, path, step)}`).reverse().join('\n'),
    },
  };
});
