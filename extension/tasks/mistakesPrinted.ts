/** Mistakes that a run has printed, for the Problems view. Files that are open have theirs from the language already. */
import * as vscode from 'vscode';
import { uriOf } from '../debug/hostFiles.ts';

const MISTAKE = /^(.+?):(\d+):(\d+): (.+)$/gm;

export class PrintedMistakes implements vscode.Disposable {
  readonly #shown = vscode.languages.createDiagnosticCollection('refault-task');
  readonly #subscription = vscode.workspace.onDidOpenTextDocument(({ uri }) => { this.#shown.delete(uri); });

  clear(): void {
    this.#shown.clear();
  }

  add(text: string): void {
    const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
    for (const [, file = '', line, column, message = ''] of text.matchAll(MISTAKE)) {
      const uri = uriOf(file);
      if (open.has(uri.toString())) continue;
      const at = new vscode.Position(Number(line) - 1, Number(column) - 1);
      const diagnostic = new vscode.Diagnostic(new vscode.Range(at, at.translate(0, 1)), message);
      diagnostic.source = 'refault run';
      this.#shown.set(uri, [...this.#shown.get(uri) ?? [], diagnostic]);
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#shown.dispose();
  }
}
