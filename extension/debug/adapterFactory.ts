import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import { ForwardingAdapter, type Remains } from './forwardingAdapter.ts';
import { workspaceFiles } from './hostFiles.ts';
import type { StartWorker } from './workerPort.ts';

/** Takes over what a session leaves that is about to end. */
type Keep = (session: vscode.DebugSession, remains: Remains) => Promise<void>;

/** Gives every debug session an adapter with a worker and a machine of its own. */
export class AdapterFactory implements vscode.DebugAdapterDescriptorFactory {
  readonly #start: StartWorker;
  readonly #keep: Keep;

  constructor(start: StartWorker, keep: Keep) {
    this.#start = start;
    this.#keep = keep;
  }

  createDebugAdapterDescriptor(session: vscode.DebugSession): vscode.DebugAdapterDescriptor {
    const messages = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
    const adapter = new ForwardingAdapter({
      start: this.#start,
      files: workspaceFiles,
      emit: (message) => messages.fire(message),
      ending: (remains) => this.#keep(session, remains),
    });
    return new vscode.DebugAdapterInlineImplementation({
      onDidSendMessage: messages.event,
      handleMessage: (message) => adapter.handle(message as DebugProtocol.ProtocolMessage),
      dispose: () => {
        adapter.dispose();
        messages.dispose();
      },
    });
  }
}
