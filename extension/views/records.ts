/** Where the views take SPE contexts and page faults from: a session that lives, or what one left. */
import type * as vscode from 'vscode';
import {
  CONTEXTS_REQUEST, type ContextsResponse, FAULTS_REQUEST, type FaultRow, type FaultsArguments, type FaultsResponse, STATUS_REQUEST, type StatusResponse,
} from '../../src/adapter/protocol.ts';
import type { Ask } from '../debug/forwardingAdapter.ts';

export interface Records {
  contexts(): Promise<ContextsResponse>;
  faults(args: FaultsArguments): Promise<FaultsResponse>;
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
    faults,
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
  const [contexts, { faults }, status] = await Promise.all([live.contexts(), live.faults({ start: 0, count: KEPT_FAULTS, trails: true }), live.status()]);
  return {
    contexts: () => Promise.resolve(contexts),
    faults: ({ start, count }) => Promise.resolve({ total: faults.length, faults: faults.slice(start, start + count) }),
    newestFault: () => Promise.resolve(faults[0]),
    fault: (id) => Promise.resolve(faults.find((row) => row.id === id)),
    status: () => Promise.resolve(status),
  };
}
