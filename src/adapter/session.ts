/** Puts a debug session together. Sessions share nothing: any number of them live side by side. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { Breakpoints } from './breakpoints/store.ts';
import { FaultFilters } from './exceptions/filters.ts';
import type { AdapterHost } from './host.ts';
import { ReadRanges } from './memory/readRanges.ts';
import { REQUESTS } from './requests/registry.ts';
import { Execution } from './run/execution.ts';
import { Interpreters } from '../sim/run/interpreters.ts';
import { GuestOutput } from './run/guestOutput.ts';
import { Client } from './session/client.ts';
import { Dispatcher } from './session/dispatcher.ts';
import { Outbound } from './session/outbound.ts';
import { Progress } from './session/progress.ts';
import type { Session } from './session/session.ts';
import { Handles } from './variables/handles.ts';

export interface DebugSession {
  /** Takes a message from the client; answers come through `send`. Never throws. */
  handle(message: DebugProtocol.ProtocolMessage): void;
  /** The client has gone: nothing runs any more and nothing is sent. */
  dispose(): void;
}

export function createSession(send: (message: DebugProtocol.ProtocolMessage) => void, host: AdapterHost): DebugSession {
  let isOpen = true;
  const outbound = new Outbound((message) => { if (isOpen) send(message); });
  const output = new GuestOutput(outbound, () => host.now());
  const progress = new Progress(outbound, host, () => session.client);
  const readRanges = new ReadRanges(outbound, () => session.client);
  const parts = { host, outbound, output, progress, readRanges, handles: new Handles(), breakpoints: new Breakpoints(), filters: new FaultFilters() };
  parts.filters.onProblem = (sentence) => { output.console(sentence); };
  const session: Session = {
    ...parts, cancel: (request) => { dispatcher.cancel(request); }, execution: new Execution(parts), interpreters: host.interpreters ?? new Interpreters(), stepping: { into: 'user' }, client: new Client(), isInitialized: false, launch: undefined,
  };
  const dispatcher = new Dispatcher(session, REQUESTS);
  return {
    handle: (message) => { dispatcher.handle(message); },
    dispose: () => {
      isOpen = false;
      session.execution.dispose();
    },
  };
}
