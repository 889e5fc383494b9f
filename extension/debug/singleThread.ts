/** Commands for one thread alone: the others stand still meanwhile. VS Code's own buttons always mean all threads. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../views/followedSession.ts';
import { type CallStackItem, chosenThread } from './chosenThread.ts';

const COMMANDS = { 'refault.continueThread': 'continue', 'refault.stepThread': 'next', 'refault.stepIntoThread': 'stepIn' } as const;

type Alone = (typeof COMMANDS)[keyof typeof COMMANDS];

export class SingleThread implements vscode.Disposable {
  /** Sessions of this debugger that live, by id: VS Code tells of the selected one only. */
  readonly #sessions = new Map<string, vscode.DebugSession>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor() {
    this.#subscriptions = [
      vscode.debug.onDidStartDebugSession((session) => { if (session.type === DEBUG_TYPE) this.#sessions.set(session.id, session); }),
      vscode.debug.onDidTerminateDebugSession(({ id }) => { this.#sessions.delete(id); }),
      ...Object.entries(COMMANDS).map(([name, request]) =>
        vscode.commands.registerCommand(name, (item?: CallStackItem) => this.#alone(request, item))),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #alone(command: Alone, item: CallStackItem | undefined): Promise<void> {
    const { activeDebugSession: active, activeStackItem } = vscode.debug;
    const session = active?.type === DEBUG_TYPE ? active : undefined;
    const chosen = chosenThread(item, this.#sessions, { session, threadId: activeStackItem?.threadId });
    if (!chosen) {
      await vscode.window.showInformationMessage(vscode.l10n.t('Pause a Cell program and select one of its threads on the call stack first.'));
      return;
    }
    const wish: DebugProtocol.NextArguments = { threadId: chosen.threadId, singleThread: true };
    try {
      await chosen.session.customRequest(command, wish);
    } catch (error) {
      await vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  }
}
