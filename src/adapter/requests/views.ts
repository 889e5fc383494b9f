/** Refault's own requests (`protocol.ts`): what its views show, in every state of the session. */
import { CONTEXTS_REQUEST, type ContextsResponse, FAULTS_REQUEST, type FaultsResponse } from '../protocol.ts';
import { request } from '../session/request.ts';
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import { nothing, record, whole } from '../session/shape.ts';
import { threadIdOfContext } from '../threads/threads.ts';
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

export const faults = request(
  FAULTS_REQUEST, record({ start: whole(0), count: whole(0) }, { threadId: whole() }),
  ({ execution: { debuggee } }, { start, count, threadId }): FaultsResponse => {
    if (!debuggee) return { total: 0, faults: [] };
    const suits = threadId === undefined ? undefined : faultsOf(debuggee, threadId);
    const { total, records } = newestFaults(debuggee.machine.state.faults, start, Math.min(count, MOST_FAULTS), suits);
    return { total, faults: records.map((fault) => faultRow(debuggee, fault)) };
  },
);

/** Faults of a thread: of a task, or of an SPE context's own DMA. */
function faultsOf({ machine }: Debuggee, threadId: number): (fault: FaultRecord) => boolean {
  const context = [...machine.state.spufs.contexts.values()].find((c) => threadIdOfContext(c) === threadId);
  return context ? (fault) => fault.origin === 'mfc' && fault.context === context.name : (fault) => fault.task === threadId;
}
