/** Runs a comparison in a worker of its own, as a session of the debug adapter that nobody debugs in. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type * as vscode from 'vscode';
import { type CompareArguments, COMPARE_REQUEST, type CompareResponse, type ComparingBody, COMPARING_EVENT } from '../../src/adapter/protocol.ts';
import { ForwardingAdapter } from '../debug/forwardingAdapter.ts';
import { workspaceFiles } from '../debug/hostFiles.ts';
import type { StartWorker } from '../debug/workerPort.ts';

/** Rejects with a sentence; undefined where the user gives it up. */
export async function runComparison(
  start: StartWorker, args: CompareArguments, onKernel: (body: ComparingBody) => void, token: vscode.CancellationToken,
): Promise<CompareResponse | undefined> {
  let finish = (): void => undefined;
  try {
    return await new Promise((resolve, reject) => {
      const emit = (message: DebugProtocol.ProtocolMessage): void => {
        if (isEvent(message) && message.event === COMPARING_EVENT) onKernel(message.body as ComparingBody);
        if (!isResponse(message) || message.command !== COMPARE_REQUEST) return;
        if (message.success) resolve(message.body as CompareResponse);
        else reject(new Error(message.message));
      };
      const adapter = new ForwardingAdapter({ start, files: workspaceFiles, emit, ending: () => Promise.resolve() });
      const given = token.onCancellationRequested(() => resolve(undefined));
      finish = () => {
        given.dispose();
        adapter.dispose();
      };
      [
        { command: 'initialize', arguments: { adapterID: 'cell', linesStartAt1: true, pathFormat: 'path' } },
        { command: COMPARE_REQUEST, arguments: args },
      ].forEach((request, index) => {
        const message: DebugProtocol.Request = { seq: index + 1, type: 'request', ...request };
        adapter.handle(message);
      });
    });
  } finally {
    finish();
  }
}

function isEvent(message: DebugProtocol.ProtocolMessage): message is DebugProtocol.Event {
  return message.type === 'event';
}

function isResponse(message: DebugProtocol.ProtocolMessage): message is DebugProtocol.Response {
  return message.type === 'response';
}
