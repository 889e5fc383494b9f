/** Refault's own requests (`protocol.ts`): what its views show, in every state of the session. */
import { CONTEXT_REQUEST, type ContextDetails, CONTEXTS_REQUEST, type ContextsResponse, FAULTS_REQUEST, type FaultsResponse, STATUS_REQUEST, type StatusResponse } from '../protocol.ts';
import { request } from '../session/request.ts';
import type { FaultOwner } from '../../sim/kernel/fault/log.ts';
import { debuggeeOf } from '../session/session.ts';
import { errors } from '../session/errors.ts';
import { flag, nothing, oneOf, record, text, whole } from '../session/shape.ts';
import { threadIdOfContext } from '../threads/threads.ts';
import { contextDetails } from '../views/contextDetails.ts';
import { contextRow, endedRow } from '../views/contextRows.ts';
import { faultRow, newestFaults } from '../views/faultRows.ts';
import type { Debuggee } from '../session/debuggee.ts';

const MOST_FAULTS = 1000;

/** Contexts that are gone come first: they were there first. */
export const contexts = request(CONTEXTS_REQUEST, nothing, ({ execution: { debuggee } }): ContextsResponse => {
  if (!debuggee) return { contexts: [] };
  const { ended, contexts: living } = debuggee.machine.state.spufs;
  return { contexts: [...ended.map(endedRow), ...[...living.values()].map((context) => contextRow(debuggee, context))] };
});

export const context = request(
  CONTEXT_REQUEST, record({ name: text, lanes: oneOf('bytes', 'halfwords', 'words', 'doublewords', 'float', 'double'), decimal: flag }, {}),
  (session, { name, ...format }): ContextDetails => {
    const debuggee = debuggeeOf(session, CONTEXT_REQUEST);
    const found = debuggee.machine.state.spufs.contexts.get(name);
    if (!found) throw errors.noSuchContext(name);
    return contextDetails(debuggee, found, format, session.client);
  },
);

export const faults = request(
  FAULTS_REQUEST, record({ start: whole(0), count: whole(0) }, { threadId: whole(), trails: flag }),
  ({ execution: { debuggee } }, { start, count, threadId, trails }): FaultsResponse => {
    if (!debuggee) return { total: 0, faults: [] };
    const owner = threadId === undefined ? undefined : ownerOf(debuggee, threadId);
    const { total, records } = newestFaults(debuggee.machine.state.faults, start, Math.min(count, MOST_FAULTS), owner);
    return { total, faults: records.map((fault) => ({ ...faultRow(debuggee, fault), ...(trails === true ? { trail: fault.trail } : {}) })) };
  },
);

export const status = request(STATUS_REQUEST, nothing, (session): StatusResponse => {
  const { machine } = debuggeeOf(session, STATUS_REQUEST);
  const choice = session.launch?.kernel;
  return {
    kernel: machine.profile.name, ...(choice === undefined ? {} : { choice }),
    cycle: machine.cycle, cyclesPerSecond: machine.configuration.cyclesPerSecond,
  };
});

function ownerOf({ machine }: Debuggee, threadId: number): FaultOwner {
  const context = [...machine.state.spufs.contexts.values()].find((c) => threadIdOfContext(c) === threadId);
  return context ? { context: context.name } : { task: threadId };
}
