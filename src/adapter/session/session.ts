/** What requests work on: the parts of one debug session. `createSession` puts them together. */
import type { AdapterHost } from '../host.ts';
import type { Breakpoints } from '../breakpoints/store.ts';
import type { FaultFilters } from '../exceptions/filters.ts';
import type { CheckedLaunch } from '../launch/arguments.ts';
import type { Execution } from '../run/execution.ts';
import type { GuestOutput } from '../run/guestOutput.ts';
import type { Stopped } from '../run/stopped.ts';
import type { ReadRanges } from '../memory/readRanges.ts';
import type { Interpreters } from '../../sim/run/interpreters.ts';
import type { Runner } from '../../sim/run/stop.ts';
import type { StepInto } from '../step/plan.ts';
import { threadNamed } from '../threads/threads.ts';
import type { Handles } from '../variables/handles.ts';
import type { Client } from './client.ts';
import type { Debuggee } from './debuggee.ts';
import { errors } from './errors.ts';
import type { Outbound } from './outbound.ts';
import type { Progress } from './progress.ts';

export interface Session {
  readonly host: AdapterHost;
  readonly outbound: Outbound;
  readonly output: GuestOutput;
  readonly progress: Progress;
  /** Takes back a request that has no response yet. */
  readonly cancel: (request: number) => void;
  readonly readRanges: ReadRanges;
  readonly handles: Handles;
  readonly breakpoints: Breakpoints;
  readonly filters: FaultFilters;
  readonly execution: Execution;
  /** Compiled once, however often the program is started again. */
  readonly interpreters: Interpreters;
  /** What the user's steps enter: from the launch, until the user says otherwise. */
  readonly stepping: { into: StepInto };
  client: Client;
  isInitialized: boolean;
  /** What was launched, for restart. */
  launch: CheckedLaunch | undefined;
}

/** The program; there has to be one. Throws `RequestError`. */
export function debuggeeOf({ execution }: Session, command: string): Debuggee {
  if (!execution.debuggee) throw errors.notLaunched(command);
  return execution.debuggee;
}

/** The program, which has to be stopped. Throws `RequestError`. */
export function stoppedDebuggee(session: Session, command: string): { readonly debuggee: Debuggee; readonly stopped: Stopped } {
  const debuggee = debuggeeOf(session, command);
  const { stopped, phase } = session.execution;
  if (phase === 'ended') throw errors.hasEnded(command);
  if (!stopped) throw errors.notStopped(command);
  return { debuggee, stopped };
}

export function threadOf(debuggee: Debuggee, id: number): Runner {
  const thread = threadNamed(debuggee.machine, id);
  if (!thread) throw errors.noSuchThread(id);
  return thread;
}
