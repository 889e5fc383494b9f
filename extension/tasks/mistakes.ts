/** Mistakes that tasks have met, for the Problems view. Files of programs that are open have theirs from the language already. */
import * as vscode from 'vscode';
import { uriOf } from '../debug/hostFiles.ts';
import { LANGUAGE_SOURCE } from '../language/language.ts';
import type { PlacedMistake } from './placedMistake.ts';

export class TaskMistakes implements vscode.Disposable {
  readonly #shown = vscode.languages.createDiagnosticCollection('refault-task');
  readonly #subscription = vscode.workspace.onDidOpenTextDocument(({ uri }) => { this.#shown.delete(uri); });

  clear(): void {
    this.#shown.clear();
  }

  add({ path, line, column, message }: PlacedMistake): void {
    const uri = uriOf(path);
    const isOpen = vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
    if (isOpen || vscode.languages.getDiagnostics(uri).some(({ source }) => source === LANGUAGE_SOURCE)) return;
    const at = new vscode.Position(line - 1, column - 1);
    const diagnostic = new vscode.Diagnostic(new vscode.Range(at, at.translate(0, 1)), message);
    diagnostic.source = 'refault run';
    this.#shown.set(uri, [...this.#shown.get(uri) ?? [], diagnostic]);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#shown.dispose();
  }
}
