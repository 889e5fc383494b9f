/** Comparisons as documents that nobody can change: text whose places lead to their source lines. */
import * as vscode from 'vscode';
import type { ComparedPlace } from '../../src/adapter/protocol.ts';
import { uriOf } from '../debug/hostFiles.ts';

const SCHEME = 'refault-comparison';

interface Shown {
  readonly text: string;
  readonly places: readonly ComparedPlace[];
}

export class ComparisonDocuments implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable {
  readonly #shown = new Map<string, Shown>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: readonly vscode.Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor() {
    const { languages, workspace } = vscode;
    this.#subscriptions = [
      this.#changed,
      workspace.registerTextDocumentContentProvider(SCHEME, this),
      languages.registerDocumentLinkProvider({ scheme: SCHEME }, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.#shown.delete(uri.toString())),
    ];
  }

  /** Opens a comparison, or puts it in the place of an earlier one with the same title. */
  async show(title: string, lines: readonly string[], places: readonly ComparedPlace[]): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title}` });
    this.#shown.set(uri.toString(), { text: `${lines.join('\n')}\n`, places });
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#shown.get(uri.toString())?.text ?? vscode.l10n.t('This comparison is gone. The command "Compare Kernels" makes another one.');
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const places = this.#shown.get(document.uri.toString())?.places ?? [];
    return places.flatMap(({ text, source, line }) => {
      const target = uriOf(source.path ?? '').with({ fragment: `L${line}` });
      return rangesOf(document, text).map((range) => new vscode.DocumentLink(range, target));
    });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

/** Where a text stands by itself: `main.s:3` does not stand in `main.s:31` or in `domain.s:3`. */
function rangesOf(document: vscode.TextDocument, text: string): vscode.Range[] {
  const whole = new RegExp(`(?<=^|\\s)${text.replace(/[^\w\s]/g, '\\$&')}(?=\\s|$)`, 'gm');
  return [...document.getText().matchAll(whole)].map(({ index }) => new vscode.Range(document.positionAt(index), document.positionAt(index + text.length)));
}
