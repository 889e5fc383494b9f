/** Whether Step Into goes through the kernel: a switch of each session, shown for the active one. */
import * as vscode from 'vscode';
import { STEP_INTO_REQUEST, type StepIntoBody } from '../../src/adapter/protocol.ts';
import { DEBUG_TYPE } from '../views/followedSession.ts';

/** True while Step Into of the active session goes through the kernel. */
const CONTEXT_KEY = 'refault.stepsIntoKernel';

export class StepIntoSwitch implements vscode.Disposable {
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor() {
    const { commands, debug } = vscode;
    this.#subscriptions = [
      commands.registerCommand('refault.stepIntoKernel', () => this.#set('kernel')),
      commands.registerCommand('refault.stepOverKernel', () => this.#set('user')),
      debug.onDidChangeActiveDebugSession((session) => this.#show(session)),
      debug.onDidChangeActiveStackItem((item) => this.#show(item?.session)),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #set(into: StepIntoBody['into']): Promise<void> {
    const session = vscode.debug.activeDebugSession;
    if (session?.type !== DEBUG_TYPE) {
      await vscode.window.showInformationMessage(vscode.l10n.t('Start a Cell program first: what Step Into enters is a setting of its debug session. "stepInto" in the launch configuration sets it from the start.'));
      return;
    }
    await this.#tell(session, { into });
  }

  #show(session: vscode.DebugSession | undefined): void {
    if (session?.type === DEBUG_TYPE) void this.#tell(session, {});
  }

  async #tell(session: vscode.DebugSession, wish: Partial<StepIntoBody>): Promise<void> {
    try {
      const { into } = await session.customRequest(STEP_INTO_REQUEST, wish) as StepIntoBody;
      await vscode.commands.executeCommand('setContext', CONTEXT_KEY, into === 'kernel');
    } catch {
      // The session ended meanwhile: there is nothing to show of it.
    }
  }
}
