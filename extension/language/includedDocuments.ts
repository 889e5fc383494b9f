/** Files that sources include, open in the editor: whatever they are called, they are assembly. */
import * as vscode from 'vscode';
import type { Analyses } from './analyses.ts';
import { LANGUAGE } from './language.ts';

/** Of files that nothing else has said anything about. */
const UNKNOWN = 'plaintext';

export class IncludedDocuments implements vscode.Disposable {
  /** Each is asked about once: who chooses another language afterwards has it. */
  readonly #seen = new Set<string>();
  readonly #subscription = vscode.workspace.onDidOpenTextDocument((document) => { void this.#consider(document); });

  constructor(private readonly analyses: Analyses) {
    for (const document of vscode.workspace.textDocuments) void this.#consider(document);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #consider(document: vscode.TextDocument): Promise<void> {
    const key = document.uri.toString();
    if (document.languageId !== UNKNOWN || this.#seen.has(key)) return;
    await this.analyses.index.update();
    if (document.isClosed || !this.analyses.index.has(document.uri)) return;
    this.#seen.add(key);
    await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
  }
}
