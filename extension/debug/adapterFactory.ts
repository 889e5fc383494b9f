import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import type { KeepRecords } from '../views/records.ts';
import { ForwardingAdapter } from './forwardingAdapter.ts';
import { workspaceFiles } from './hostFiles.ts';
import type { StartWorker } from './workerPort.ts';

/** Gives every debug session an adapter with a worker and a machine of its own. */
export class AdapterFactory implements vscode.DebugAdapterDescriptorFactory {
  readonly #start: StartWorker;
  readonly #keep: KeepRecords;

  constructor(start: StartWorker, keep: KeepRecords) {
    this.#start = start;
    this.#keep = keep;
  }

  createDebugAdapterDescriptor(session: vscode.DebugSession): vscode.DebugAdapterDescriptor {
    const messages = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
    const adapter = new ForwardingAdapter({
      start: this.#start,
      files: workspaceFiles,
      emit: (message) => messages.fire(message),
      ending: (ask) => this.#keep(session, ask),
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
