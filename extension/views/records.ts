/** Where the views take SPE contexts and page faults from: a session that lives, or what one left. */
import type * as vscode from 'vscode';
import {
  CONTEXTS_REQUEST, type ContextsResponse, FAULT_GROUPS_REQUEST, FAULT_LINES_REQUEST, FAULT_RECORDS_REQUEST, type FaultGroupsArguments, type FaultGroupsResponse, type FaultLinesResponse,
  type FaultRecordsArguments, type FaultRecordsResponse, FAULTS_REQUEST, type FaultRow, type FaultsArguments, type FaultsResponse, STATUS_REQUEST, type StatusResponse,
} from '../../src/adapter/protocol.ts';
import type { Ask } from '../debug/forwardingAdapter.ts';
import { KeptFaults } from './keptFaults.ts';

export interface Records {
  contexts(): Promise<ContextsResponse>;
  /** Older faults that are not known any more. */
  readonly forgotten: number;
  faults(args: FaultsArguments): Promise<FaultsResponse>;
  faultGroups(args: FaultGroupsArguments): Promise<FaultGroupsResponse>;
  faultRecords(args: FaultRecordsArguments): Promise<FaultRecordsResponse>;
  /** What became of the faults of each source line. */
  faultLines(): Promise<FaultLinesResponse>;
  /** A fault with its trail: the newest, or the one with a number, where it is known. */
  newestFault(): Promise<FaultRow | undefined>;
  fault(id: number): Promise<FaultRow | undefined>;
  status(): Promise<StatusResponse>;
}

/** Keeps what a session leaves, while it can still be asked. */
export type KeepRecords = (session: vscode.DebugSession, ask: Ask) => Promise<void>;

/** Faults that are kept of a program that has ended: the newest. */
const KEPT_FAULTS = 1000;

export function liveRecords(ask: Ask): Records {
  const faults = async (args: FaultsArguments): Promise<FaultsResponse> => await ask(FAULTS_REQUEST, args) as FaultsResponse;
  const withTrail = async (start: number): Promise<FaultRow | undefined> => (await faults({ start, count: 1, trails: true })).faults[0];
  return {
    contexts: async () => await ask(CONTEXTS_REQUEST, {}) as ContextsResponse,
    forgotten: 0,
    faults,
    faultGroups: async (args) => await ask(FAULT_GROUPS_REQUEST, args) as FaultGroupsResponse,
    faultRecords: async (args) => await ask(FAULT_RECORDS_REQUEST, args) as FaultRecordsResponse,
    faultLines: async () => await ask(FAULT_LINES_REQUEST, {}) as FaultLinesResponse,
    newestFault: () => withTrail(0),
    fault: async (id) => {
      const { total } = await faults({ start: 0, count: 0 });
      return id < total ? await withTrail(total - 1 - id) : undefined;
    },
    status: async () => await ask(STATUS_REQUEST, {}) as StatusResponse,
  };
}

/** Takes the records of a session that is about to end. */
export async function keptRecords(ask: Ask): Promise<Records> {
  const live = liveRecords(ask);
  const [contexts, { total, faults }, lines, status] = await Promise.all([
    live.contexts(), live.faults({ start: 0, count: KEPT_FAULTS, trails: true }), live.faultLines(), live.status(),
  ]);
  const forgotten = total - faults.length;
  const kept = new KeptFaults(faults, (await live.faultRecords({ from: forgotten, count: KEPT_FAULTS })).records);
  return {
    forgotten,
    contexts: () => Promise.resolve(contexts),
    faults: (args) => Promise.resolve(kept.faults(args)),
    faultGroups: (args) => Promise.resolve(kept.groups(args)),
    faultRecords: (args) => Promise.resolve(kept.records(args)),
    faultLines: () => Promise.resolve(lines),
    newestFault: () => Promise.resolve(faults[0]),
    fault: (id) => Promise.resolve(faults.find((row) => row.id === id)),
    status: () => Promise.resolve(status),
  };
}
