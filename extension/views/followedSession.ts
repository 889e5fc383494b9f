/** The session and thread that the user has selected: what the views show. */
import * as vscode from 'vscode';
import type { Remains } from '../debug/forwardingAdapter.ts';
import { type Records, recordsOf } from './records.ts';
import { type SessionChange, changeIn } from './sessionMessage.ts';

export const DEBUG_TYPE = 'cell';

interface Followed {
  /** The same for as long as it is the same session, also after its end. */
  readonly id: string;
  /** Name of the session, for people. */
  readonly title: string;
  readonly records: Records;
  /** The program has ended: this is what it left. */
  readonly ended: boolean;
}

/** A body of `refault/changed` says what is new while the program runs. */
export type Change = 'selected' | 'ended' | SessionChange;

export class FollowedSession implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Change>();
  readonly #subscriptions: vscode.Disposable[];
  #session: vscode.DebugSession | undefined;
  /** VS Code may name a session as selected once more after its end. */
  #endedId: string | undefined;
  #threadId: number | undefined;
  #followed: Followed | undefined;
  #programs = 0;
  /** Of the session that was the last to end, until another begins. */
  #remains: Remains | undefined;

  /** Another session or thread is selected, or the selected session has stopped, has ended, or has something new while it runs. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscriptions = [
      this.#changed,
      vscode.debug.onDidChangeActiveDebugSession((session) => this.#select(session, undefined)),
      vscode.debug.onDidChangeActiveStackItem((item) => { if (item) this.#select(item.session, item.threadId); }),
      vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
        createDebugAdapterTracker: (session) => ({ onDidSendMessage: (message) => this.#observe(session, message) }),
      }),
    ];
  }

  get current(): Followed | undefined {
    return this.#followed;
  }

  /** The debugger's thread that is selected, where one is. */
  get threadId(): number | undefined {
    return this.#threadId;
  }

  /** Another number for each program: for another session, and for one that was restarted. What is known of an earlier one says nothing about it. */
  get program(): number {
    return this.#programs;
  }

  /** Takes over what a session leaves that is about to end; of one that has run nothing, and of one that is not followed, nothing is kept. */
  async keep(session: vscode.DebugSession, remains: Remains): Promise<void> {
    const records = recordsOf(remains.ask);
    try {
      await records.status();
    } catch {
      return;
    }
    if (this.#session !== undefined && this.#session.id !== session.id) return;
    this.#remains?.giveUp();
    this.#remains = remains;
    remains.keep();
    this.#endedId = session.id;
    this.#session = undefined;
    this.#threadId = undefined;
    this.#followed = { id: session.id, title: session.name, records, ended: true };
    await vscode.commands.executeCommand('setContext', 'refault.hasRecords', true);
    this.#changed.fire('ended');
  }

  dispose(): void {
    this.#remains?.giveUp();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #observe(session: vscode.DebugSession, message: unknown): void {
    const change = changeIn(message);
    if (change === undefined) return;
    if (this.#session === undefined) this.#select(session, undefined);
    if (session.id !== this.#session?.id) return;
    if (change === 'restarted') this.#programs += 1;
    this.#changed.fire(change);
  }

  #select(session: vscode.DebugSession | undefined, threadId: number | undefined): void {
    // Nothing is selected when the last session ends: the views keep what it left.
    if (session?.type !== DEBUG_TYPE || session.id === this.#endedId) return;
    if (session.id === this.#session?.id && threadId === this.#threadId) return;
    if (session.id !== this.#followed?.id) this.#programs += 1;
    this.#remains?.giveUp();
    this.#remains = undefined;
    this.#session = session;
    this.#threadId = threadId;
    const records = recordsOf(async (command, args) => await session.customRequest(command, args) as unknown);
    this.#followed = { id: session.id, title: session.name, records, ended: false };
    this.#changed.fire('selected');
  }
}
