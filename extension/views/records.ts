/** Where the views take SPE contexts and page faults from: a session that lives, or what one left. */
import type * as vscode from 'vscode';
import {
  CONTEXTS_REQUEST, type ContextsResponse, FAULTS_REQUEST, type FaultsArguments, type FaultsResponse,
} from '../../src/adapter/protocol.ts';
import type { Ask } from '../debug/forwardingAdapter.ts';

export interface Records {
  contexts(): Promise<ContextsResponse>;
  faults(args: FaultsArguments): Promise<FaultsResponse>;
}

/** Keeps what a session leaves, while it can still be asked. */
export type KeepRecords = (session: vscode.DebugSession, ask: Ask) => Promise<void>;

/** Faults that are kept of a program that has ended: the newest. */
const KEPT_FAULTS = 1000;

export function liveRecords(ask: Ask): Records {
  return {
    contexts: async () => await ask(CONTEXTS_REQUEST, {}) as ContextsResponse,
    faults: async (args) => await ask(FAULTS_REQUEST, args) as FaultsResponse,
  };
}

/** Takes the records of a session that is about to end. */
export async function keptRecords(ask: Ask): Promise<Records> {
  const live = liveRecords(ask);
  const [contexts, { faults }] = await Promise.all([live.contexts(), live.faults({ start: 0, count: KEPT_FAULTS })]);
  return {
    contexts: () => Promise.resolve(contexts),
    faults: ({ start, count }) => Promise.resolve({ total: faults.length, faults: faults.slice(start, start + count) }),
  };
}
