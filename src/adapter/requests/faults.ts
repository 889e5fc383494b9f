/** Page faults for the views: rows, groups, and records to take along. */
import {
  FAULT_GROUPS_REQUEST, FAULT_LINES_REQUEST, FAULT_RECORDS_REQUEST, type FaultGroupsResponse, type FaultLinesResponse, type FaultRecordsResponse, FAULTS_REQUEST, type FaultsResponse,
} from '../protocol.ts';
import type { FaultOwner, FaultQuery } from '../../sim/kernel/fault/query.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { request } from '../session/request.ts';
import { flag, list, nothing, oneOf, type Read, type Reader, record, ShapeError, text, whole } from '../session/shape.ts';
import { threadIdOfContext } from '../threads/threads.ts';
import { faultLines } from '../views/faultLines.ts';
import { faultGroupRows, faultRecords, faultRow, newestFaults } from '../views/faultRows.ts';

const MOST_ROWS = 1000;

const address: Reader<number> = (value, name) => {
  const number = typeof value === 'string' && /^0x[\da-f]+$/i.test(value) ? Number(value) : NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new ShapeError(name, 'an address, as "0x10000100"');
};

const filter = record({}, {
  outcomes: list(oneOf('SIGBUS', 'OOM', 'MINOR', 'MAJOR', 'RETRY', 'SIGSEGV')), tasks: list(whole()), mappings: list(text),
  instruction: record({ pc: address }, { context: text }),
});
const narrowing = { threadId: whole(), filter };

export const faults = request(
  FAULTS_REQUEST, record({ start: whole(0), count: whole(0) }, { ...narrowing, trails: flag }),
  ({ execution: { debuggee } }, { start, count, trails, ...narrow }): FaultsResponse => {
    if (!debuggee) return { total: 0, faults: [] };
    const { total, records } = newestFaults(debuggee.machine.state.faults, start, Math.min(count, MOST_ROWS), queryOf(debuggee, narrow));
    return { total, faults: records.map((fault) => ({ ...faultRow(debuggee, fault), ...(trails === true ? { trail: fault.trail } : {}) })) };
  },
);

export const groupedFaults = request(
  FAULT_GROUPS_REQUEST, record({ groupBy: oneOf('instruction', 'mapping', 'task'), start: whole(0), count: whole(0) }, narrowing),
  ({ execution: { debuggee } }, { groupBy, start, count, ...narrow }): FaultGroupsResponse =>
    debuggee ? faultGroupRows(debuggee, groupBy, start, Math.min(count, MOST_ROWS), queryOf(debuggee, narrow)) : { total: 0, groups: [] },
);

export const recordedFaults = request(
  FAULT_RECORDS_REQUEST, record({ from: whole(0), count: whole(1) }, narrowing),
  ({ execution: { debuggee } }, { from, count, ...narrow }): FaultRecordsResponse =>
    debuggee ? faultRecords(debuggee, from, Math.min(count, MOST_ROWS), queryOf(debuggee, narrow)) : { records: [] },
);

/** Answers in every state of the session. */
export const linesWithFaults = request(FAULT_LINES_REQUEST, nothing, ({ execution: { debuggee } }): FaultLinesResponse => (debuggee ? faultLines(debuggee) : { total: 0, files: [] }));

function queryOf(debuggee: Debuggee, { threadId, filter: wanted = {} }: { readonly threadId?: number; readonly filter?: Read<typeof filter> }): FaultQuery {
  return { ...wanted, ...(threadId === undefined ? {} : { owner: ownerOf(debuggee, threadId) }) };
}

function ownerOf({ machine }: Debuggee, threadId: number): FaultOwner {
  const context = [...machine.state.spufs.contexts.values()].find((c) => threadIdOfContext(c) === threadId);
  return context ? { context: context.name } : { task: threadId };
}
