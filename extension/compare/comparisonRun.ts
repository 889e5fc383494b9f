/** Runs a comparison in a worker of its own. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type * as vscode from 'vscode';
import { type CompareArguments, COMPARE_REQUEST, type CompareResponse, type ComparingBody, COMPARING_EVENT } from '../../src/adapter/protocol.ts';
import { workspaceFiles } from '../debug/hostFiles.ts';
import type { StartWorker } from '../debug/workerPort.ts';
import { UnattendedSession } from '../headless/unattendedSession.ts';

export interface ComparisonListener {
  readonly onKernel: (body: ComparingBody) => void;
  /** What is to be said while it goes on: each mistake of the program, with its place. */
  readonly onOutput?: (body: DebugProtocol.OutputEvent['body']) => void;
}

/** Rejects with a sentence; undefined where the user gives it up. */
export async function runComparison(
  start: StartWorker, args: CompareArguments, { onKernel, onOutput }: ComparisonListener, token: vscode.CancellationToken,
): Promise<CompareResponse | undefined> {
  const session = new UnattendedSession({
    start, files: workspaceFiles,
    onEvent: (event, body) => {
      if (event === COMPARING_EVENT) onKernel(body as ComparingBody);
      else if (event === 'output') onOutput?.(body as DebugProtocol.OutputEvent['body']);
    },
  });
  let listening: vscode.Disposable | undefined;
  const givenUp = new Promise<undefined>((resolve) => { listening = token.onCancellationRequested(() => resolve(undefined)); });
  const compare = async (): Promise<CompareResponse> => {
    await session.initialize();
    return await session.ask(COMPARE_REQUEST, args) as CompareResponse;
  };
  try {
    return await Promise.race([compare(), givenUp]);
  } finally {
    listening?.dispose();
    session.dispose();
  }
}
