/**
 * Runs a program to its end without a debug session of VS Code: in a worker of its own, as sessions run, and within limits.
 * What it leaves is asked for before the worker goes.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { ContextsResponse, FaultsResponse, StatusResponse } from '../../src/adapter/protocol.ts';
import type { LaunchArguments } from '../../src/adapter/launchArguments.ts';
import type { Ask } from '../debug/forwardingAdapter.ts';
import type { Files } from '../debug/hostFiles.ts';
import type { StartWorker } from '../debug/workerPort.ts';
import { recordsOf } from '../views/records.ts';
import { UnattendedSession } from './unattendedSession.ts';

export interface HeadlessLimits {
  /** Of host time; then the run is ended where it is. */
  readonly milliseconds: number;
  /** Faults that are kept: the newest. */
  readonly faults: number;
  /** Characters of output that are kept: the first. */
  readonly output: number;
}

export interface HeadlessRun {
  /** Undefined where the limit of time, or the caller, ended the run. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** What the debugger said about the run: warnings, how it ended. */
  readonly notes: string;
  readonly status: StatusResponse;
  readonly faults: FaultsResponse;
  readonly contexts: ContextsResponse;
}

/** As VS Code has it, and as others can make one. */
interface Cancellation {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

type Left = Pick<HeadlessRun, 'status' | 'faults' | 'contexts'>;

/** Rejects with a sentence where the program cannot be run. */
export async function runHeadless(start: StartWorker, files: Files, launch: LaunchArguments, limits: HeadlessLimits, cancellation?: Cancellation): Promise<HeadlessRun> {
  const outputs = new Map<string, string>();
  let exitCode: number | undefined;
  let left: Left | undefined;
  let terminated = (): void => undefined;
  const ended = new Promise<void>((resolve) => { terminated = resolve; });
  const session = new UnattendedSession({
    start, files,
    ending: async (ask) => { left = await leftBy(ask, limits.faults); },
    onEvent: (event, body) => {
      if (event === 'output') keep(outputs, body as DebugProtocol.OutputEvent['body'], limits.output);
      else if (event === 'exited') ({ exitCode } = body as DebugProtocol.ExitedEvent['body']);
      else if (event === 'terminated') terminated();
    },
  });
  try {
    await session.initialize();
    await session.ask('launch', { ...launch, noDebug: true }).catch((error: unknown) => { throw withMistakes(error, outputs.get('stderr')); });
    await session.ask('configurationDone', {});
    if (!await endedInTime(ended, limits.milliseconds, cancellation)) await session.ask('disconnect', { terminateDebuggee: true });
    if (!left) throw new Error(outputs.get('important')?.trim() ?? 'The worker of the run has failed.');
    return { exitCode, stdout: outputs.get('stdout') ?? '', stderr: outputs.get('stderr') ?? '', notes: outputs.get('console') ?? '', ...left };
  } finally {
    session.dispose();
  }
}

/** All mistakes of a program are printed; the failure itself names the first. */
function withMistakes(error: unknown, mistakes: string | undefined): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(mistakes === undefined ? reason : `${reason}\n${mistakes.trim()}`);
}

async function leftBy(ask: Ask, count: number): Promise<Left> {
  const records = recordsOf(ask);
  const [status, faults, contexts] = await Promise.all([records.status(), records.faults({ start: 0, count, trails: true }), records.contexts()]);
  return { status, faults, contexts };
}

function endedInTime(ended: Promise<void>, milliseconds: number, cancellation: Cancellation | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const clean = (inTime: boolean): void => {
      clearTimeout(timer);
      listening?.dispose();
      resolve(inTime);
    };
    const timer = setTimeout(() => { clean(false); }, milliseconds);
    const listening = cancellation?.onCancellationRequested(() => { clean(false); });
    if (cancellation?.isCancellationRequested === true) clean(false);
    void ended.then(() => { clean(true); });
  });
}

function keep(outputs: Map<string, string>, { category = 'console', output }: DebugProtocol.OutputEvent['body'], most: number): void {
  const before = outputs.get(category) ?? '';
  if (before.length < most) outputs.set(category, (before + output).slice(0, most));
}
