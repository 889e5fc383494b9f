/** An item of the status bar while the program that is debugged is in the past; a click leads back to the present. */
import * as vscode from 'vscode';
import { TIME_EVENT, type TimeBody } from '../../src/adapter/protocol.ts';
import { DEBUG_TYPE } from '../views/followedSession.ts';

/** True while the active session's program is in the past. */
const CONTEXT_KEY = 'refault.isPast';

export class TimeStatus implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #times = new Map<string, TimeBody>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor() {
    const { debug, window, StatusBarAlignment } = vscode;
    this.#item = window.createStatusBarItem('refault.past', StatusBarAlignment.Left, 1000);
    this.#item.name = vscode.l10n.t('Cell: Place in the Past');
    this.#item.command = 'refault.travelToPresent';
    this.#item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
    this.#subscriptions = [
      this.#item,
      debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
        createDebugAdapterTracker: ({ id }) => ({ onDidSendMessage: (message) => this.#observe(id, message) }),
      }),
      debug.onDidTerminateDebugSession(({ id }) => {
        this.#times.delete(id);
        this.#show();
      }),
      debug.onDidChangeActiveDebugSession(() => this.#show()),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #observe(session: string, message: unknown): void {
    const { event, body } = message as { readonly event?: string; readonly body?: TimeBody };
    if (event !== TIME_EVENT || !body) return;
    this.#times.set(session, body);
    this.#show();
  }

  #show(): void {
    const { activeDebugSession } = vscode.debug;
    const time = activeDebugSession && this.#times.get(activeDebugSession.id);
    void vscode.commands.executeCommand('setContext', CONTEXT_KEY, time?.isPast === true);
    if (time?.isPast !== true) {
      this.#item.hide();
      return;
    }
    this.#item.text = `$(history) ${vscode.l10n.t('In the past: cycle {0} of {1}', time.cycle, time.present)}`;
    this.#item.tooltip = vscode.l10n.t('The program has gone back in its history. What it does up to the present it does again; an edit begins a new future. Click to return to the present.');
    this.#item.accessibilityInformation = { label: vscode.l10n.t('The program is in the past: cycle {0} of {1}. Activate to return to the present.', time.cycle, time.present), role: 'button' };
    this.#item.show();
  }
}
