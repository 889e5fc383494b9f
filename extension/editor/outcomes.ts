/** What became of the faults of a line, behind it: at each stop, and of a program that has ended until another one begins. */
import * as vscode from 'vscode';
import type { FaultLine, FaultRow } from '../../src/adapter/protocol.ts';
import { uriOf } from '../debug/hostFiles.ts';
import { faultCount, faultDescription, faultLabel, outcomeColor } from '../views/faultText.ts';
import { DEBUG_TYPE, type FollowedSession } from '../views/followedSession.ts';
import { LineOrigins } from './lineOrigins.ts';
import { outcomesText } from './outcomesText.ts';

const SETTING = 'refault.editor.showOutcomes';
/** Milliseconds that a message stands in the status bar. */
const MESSAGE_TIME = 5000;
const EXPLAIN = 'refault.explainFault';
const TRAVEL = 'refault.travelToFault';

export class Outcomes implements vscode.Disposable {
  readonly #followed: FollowedSession;
  readonly #decoration = vscode.window.createTextEditorDecorationType({ rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen });
  readonly #subscriptions: vscode.Disposable[];
  /** By URI of the source. */
  #lines: ReadonlyMap<string, readonly FaultLine[]> = new Map();
  /** Of documents that were shown with outcomes. */
  readonly #origins = new Map<string, LineOrigins>();
  /** Counts what is asked, so that a late answer does not take the place of a later one. */
  #asked = 0;

  constructor(followed: FollowedSession) {
    this.#followed = followed;
    const { window, workspace, commands, debug } = vscode;
    this.#subscriptions = [
      this.#decoration,
      // What a running program adds is told of when it stops.
      followed.onDidChange((change) => { if (typeof change === 'string') void this.#ask(); }),
      debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, { createDebugAdapterTracker: () => ({ onWillReceiveMessage: (message) => { if (begins(message)) this.#begin(); } }) }),
      window.onDidChangeVisibleTextEditors(() => { this.#show(); }),
      workspace.onDidChangeTextDocument(({ document }) => { this.#edited(document); }),
      workspace.onDidCloseTextDocument((document) => { this.#origins.delete(document.uri.toString()); }),
      workspace.onDidChangeConfiguration((change) => { if (change.affectsConfiguration(SETTING)) this.#show(); }),
      commands.registerCommand('refault.toggleOutcomes', toggle),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** A program begins, from the sources as they are now. */
  #begin(): void {
    this.#asked += 1;
    this.#lines = new Map();
    this.#origins.clear();
    this.#show();
  }

  async #ask(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const answer = await this.#followed.current?.records.faultLines();
      if (asked !== this.#asked) return;
      this.#lines = new Map((answer?.files ?? []).flatMap(({ source, lines }) => (source.path === undefined ? [] : [[uriOf(source.path).toString(), lines] as const])));
      this.#show();
    } catch {
      // The session ended while it was asked; its end brings the lines up to date.
    }
  }

  #edited(document: vscode.TextDocument): void {
    const origins = this.#origins.get(document.uri.toString());
    if (!origins) return;
    origins.edited(linesOf(document));
    this.#show();
  }

  #show(): void {
    const isOn = vscode.workspace.getConfiguration().get<boolean>(SETTING, true);
    for (const editor of vscode.window.visibleTextEditors) editor.setDecorations(this.#decoration, isOn ? this.#decorationsIn(editor.document) : []);
  }

  #decorationsIn(document: vscode.TextDocument): vscode.DecorationOptions[] {
    const key = document.uri.toString();
    const lines = this.#lines.get(key);
    if (!lines) return [];
    const origins = this.#origins.get(key) ?? new LineOrigins(linesOf(document));
    this.#origins.set(key, origins);
    const places = origins.places();
    return lines.flatMap((line) => {
      const place = places.get(line.line);
      return place === undefined ? [] : [this.#decorationOf(line, document.lineAt(place - 1).range.end)];
    });
  }

  #decorationOf(line: FaultLine, end: vscode.Position): vscode.DecorationOptions {
    const last = line.newest[0];
    return {
      range: new vscode.Range(end, end),
      hoverMessage: this.#hover(line),
      renderOptions: { after: { contentText: outcomesText(line), margin: '0 0 0 3em', fontStyle: 'italic', ...(last ? { color: outcomeColor(last) } : {}) } },
    };
  }

  #hover({ faults, newest }: FaultLine): vscode.MarkdownString {
    const commands = this.#followed.current?.ended === false ? [EXPLAIN, TRAVEL] : [EXPLAIN];
    const text = new vscode.MarkdownString(`**${faultCount(faults)}**`);
    text.isTrusted = { enabledCommands: commands };
    if (faults > newest.length) text.appendMarkdown(` (${vscode.l10n.t('the newest {0}', newest.length)})`);
    for (const row of newest) {
      text.appendMarkdown('\n\n').appendText(`${vscode.l10n.t('Fault {0}', row.id)}: ${faultLabel(row)}, ${faultDescription(row)}`);
      for (const command of commands) text.appendMarkdown(` · [${titleOf(command)}](${link(command, row)})`);
    }
    return text;
  }
}

function begins(message: unknown): boolean {
  const { command } = message as { readonly command?: string };
  return command === 'launch' || command === 'attach' || command === 'restart';
}

function linesOf(document: vscode.TextDocument): readonly string[] {
  return document.getText().split(/\r\n|\r|\n/);
}

function titleOf(command: string): string {
  return command === EXPLAIN ? vscode.l10n.t('Explain') : vscode.l10n.t('Travel There');
}

/** The commands take a row of the view Page Faults, of which they want the number. */
function link(command: string, { id }: FaultRow): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify([{ row: { id } }]))}`;
}

async function toggle(): Promise<void> {
  const settings = vscode.workspace.getConfiguration();
  const { ConfigurationTarget: target } = vscode;
  const isOn = !settings.get<boolean>(SETTING, true);
  await settings.update(SETTING, isOn, settings.inspect(SETTING)?.workspaceValue === undefined ? target.Global : target.Workspace);
  // No line in sight may have an outcome.
  vscode.window.setStatusBarMessage(isOn ? vscode.l10n.t('Lines that fault show their outcomes.') : vscode.l10n.t('Outcomes of faults are hidden in the editor.'), MESSAGE_TIME);
}
