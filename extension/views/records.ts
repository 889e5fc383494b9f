/** Where the views take SPE contexts and page faults from: a session that lives, or what one left, which answers alike. */
import {
  CONTEXTS_REQUEST, type ContextsResponse, FAULT_GROUPS_REQUEST, FAULT_LINES_REQUEST, FAULT_RECORDS_REQUEST, type FaultGroupsArguments, type FaultGroupsResponse, type FaultLinesResponse,
  type FaultRecordsArguments, type FaultRecordsResponse, FAULTS_REQUEST, type FaultRow, type FaultsArguments, type FaultsResponse, STATUS_REQUEST, type StatusResponse,
} from '../../src/adapter/protocol.ts';
import { TIMELINE_REQUEST, type TimelineArguments, type TimelineResponse } from '../../src/adapter/timelineProtocol.ts';
import type { Ask } from '../debug/forwardingAdapter.ts';

export interface Records {
  contexts(): Promise<ContextsResponse>;
  faults(args: FaultsArguments): Promise<FaultsResponse>;
  faultGroups(args: FaultGroupsArguments): Promise<FaultGroupsResponse>;
  faultRecords(args: FaultRecordsArguments): Promise<FaultRecordsResponse>;
  /** What became of the faults of each source line. */
  faultLines(): Promise<FaultLinesResponse>;
  /** A fault with its trail: the newest, or the one with a number, where it is known. */
  newestFault(): Promise<FaultRow | undefined>;
  fault(id: number): Promise<FaultRow | undefined>;
  status(): Promise<StatusResponse>;
  timeline(args: TimelineArguments): Promise<TimelineResponse>;
}

export function recordsOf(ask: Ask): Records {
  const faults = async (args: FaultsArguments): Promise<FaultsResponse> => await ask(FAULTS_REQUEST, args) as FaultsResponse;
  const withTrail = async (start: number): Promise<FaultRow | undefined> => (await faults({ start, count: 1, trails: true })).faults[0];
  return {
    contexts: async () => await ask(CONTEXTS_REQUEST, {}) as ContextsResponse,
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
    timeline: async (args) => await ask(TIMELINE_REQUEST, args) as TimelineResponse,
  };
}
