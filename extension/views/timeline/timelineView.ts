/** The timeline: what every task, SPE and context did, and when. A few times a second while the program runs, and at every stop. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import type { FaultRow } from '../../../src/adapter/protocol.ts';
import { uriOf } from '../../debug/hostFiles.ts';
import type { FromTimelinePage, ToTimelinePage } from '../../webview/messages/timeline.ts';
import type { Page } from '../../webview/page.ts';
import type { Look } from '../../webview/timeline/timeScale.ts';
import type { TimeUnit } from '../../webview/timeline/timeText.ts';
import { WebviewView } from '../../webview/webviewView.ts';
import { DEBUG_TYPE, type FollowedSession } from '../followedSession.ts';
import { exportTimeline } from './timelineExport.ts';
import { timelineArguments } from './timelineRequest.ts';
import { timelineTexts } from './timelineTexts.ts';

/** Milliseconds between two looks at a program that runs. */
const INTERVAL = 250;
/** Width of the picture as long as no page has said its own. */
const EXPECTED_POINTS = 800;

export class TimelineView extends WebviewView<ToTimelinePage, FromTimelinePage> {
  protected readonly page: Page = { name: 'timeline', title: vscode.l10n.t('Timeline'), texts: timelineTexts() };
  readonly #followed: FollowedSession;
  /** Selects a fault where faults are listed. */
  readonly #select: (row: FaultRow) => Promise<void>;
  readonly #subscriptions: readonly vscode.Disposable[];
  #look: Look = { kind: 'all' };
  #points = EXPECTED_POINTS;
  #unit: TimeUnit = 'time';
  /** Oldest cycle that the session knows, and now, when it was asked last. */
  #shown = { begin: 0, end: -1 };
  /** The program stands on its newest fault. */
  #isOnFault = false;
  #isAsking = false;
  #asksAgain = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(extension: vscode.Uri, followed: FollowedSession, select: (row: FaultRow) => Promise<void>) {
    super('refault.timeline', extension);
    this.#followed = followed;
    this.#select = select;
    this.#subscriptions = [
      followed.onDidChange((change) => {
        if (change !== 'selected') this.#isOnFault = change === 'stopped on a fault';
        if (typeof change !== 'string') return;
        void this.#refresh();
        if (change === 'stopped on a fault') void this.#markFault();
      }),
      vscode.commands.registerCommand('refault.showTimeline', () => this.#open()),
      vscode.commands.registerCommand('refault.exportTimeline', () => exportTimeline(followed.current, this.#look, this.#unit)),
    ];
  }

  override dispose(): void {
    clearInterval(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    super.dispose();
  }

  protected pageReady(): void {
    void this.#refresh();
    void this.#markFault();
  }

  protected visibilityChanged(): void {
    void this.#refresh();
  }

  protected received(message: FromTimelinePage): void {
    void this.#answer(message).catch((error: unknown) => vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error)));
  }

  async #answer(message: FromTimelinePage): Promise<void> {
    switch (message.kind) {
      case 'look':
        this.#look = message.look;
        this.#points = message.points;
        this.#unit = message.unit;
        await this.#refresh();
        break;
      case 'fault': await this.#openFault(message.fault); break;
      case 'thread': await this.#openThread(message.threadId); break;
      case 'export': await vscode.commands.executeCommand('refault.exportTimeline'); break;
    }
  }

  async #open(): Promise<void> {
    if (this.#followed.current) await vscode.commands.executeCommand('refault.timeline.focus');
    else await vscode.window.showInformationMessage(nothingToShow());
  }

  /** Asks once more where something has changed meanwhile, but never twice at a time. */
  async #refresh(): Promise<void> {
    this.#watch();
    this.#asksAgain = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      while (this.#asksAgain && this.isVisible) {
        this.#asksAgain = false;
        await this.#show();
      }
    } catch {
      // The program is not loaded yet, or the session ends: the next event brings the view up to date.
    } finally {
      this.#isAsking = false;
    }
  }

  async #show(): Promise<void> {
    const { current } = this.#followed;
    if (!current) {
      this.post({ kind: 'nothing', why: nothingToShow() });
      return;
    }
    const { cycle } = await current.records.status();
    const timeline = await current.records.timeline(timelineArguments(this.#look, { begin: this.#shown.begin, end: cycle }, this.#points));
    if (this.#followed.current !== current) {
      this.#asksAgain = true;
      return;
    }
    this.#shown = { begin: timeline.begin, end: timeline.end };
    this.post({ kind: 'timeline', timeline, program: current.id, hasEnded: current.ended });
    this.describe(current.title);
  }

  /** Looks at a program that lives for as long as somebody looks at the view. */
  #watch(): void {
    const isLive = this.isVisible && this.#followed.current?.ended === false;
    if (!isLive) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    } else this.#timer ??= setInterval(() => void this.#refreshIfLater(), INTERVAL);
  }

  async #refreshIfLater(): Promise<void> {
    const { current } = this.#followed;
    try {
      if (!this.isVisible || !current || current.ended) this.#watch();
      else if ((await current.records.status()).cycle !== this.#shown.end) await this.#refresh();
    } catch {
      // As above.
    }
  }

  async #markFault(): Promise<void> {
    try {
      const newest = this.isVisible && this.#isOnFault ? await this.#followed.current?.records.newestFault() : undefined;
      if (newest) this.post({ kind: 'fault', fault: newest.id });
    } catch {
      // As above.
    }
  }

  async #openFault(id: number): Promise<void> {
    const row = await this.#followed.current?.records.fault(id);
    if (!row) {
      await vscode.window.showInformationMessage(vscode.l10n.t('Fault {0} is not known any more, or has not been decided yet.', id));
      return;
    }
    await vscode.commands.executeCommand('refault.openFault', { row });
    await this.#select(row);
  }

  /** Goes to the line that a thread is at. */
  async #openThread(threadId: number): Promise<void> {
    const session = vscode.debug.activeDebugSession;
    if (session?.type !== DEBUG_TYPE || this.#followed.current?.ended !== false) {
      await vscode.window.showInformationMessage(vscode.l10n.t('The program has ended: its threads are nowhere any more.'));
      return;
    }
    const wish: DebugProtocol.StackTraceArguments = { threadId, startFrame: 0, levels: 1 };
    const { stackFrames: [frame] } = await session.customRequest('stackTrace', wish) as DebugProtocol.StackTraceResponse['body'];
    const { source } = frame ?? {};
    if (!frame || !source || (source.path === undefined && source.sourceReference === undefined)) {
      await vscode.window.showInformationMessage(vscode.l10n.t('The thread is at {0}, which has no source line.', frame?.name ?? '?'));
      return;
    }
    const uri = source.sourceReference ? vscode.debug.asDebugSourceUri(source, session) : uriOf(source.path ?? '');
    const position = new vscode.Position(Math.max(frame.line - 1, 0), 0);
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position), preserveFocus: true });
  }
}

function nothingToShow(): string {
  return vscode.l10n.t('Start a Cell program: what its tasks, SPEs and contexts do, and when, is shown here while it runs and at every stop.');
}
