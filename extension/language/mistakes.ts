/** The assembler's errors in open sources, as one types, and quick fixes for words that it can guess. */
import * as vscode from 'vscode';
import type { Diagnostic } from '../../src/language/diagnostics.ts';
import { diagnosticsOf } from '../core.ts';
import type { Analyses } from './analyses.ts';
import { LANGUAGE } from './language.ts';
import { rangeOf } from './places.ts';

/** Milliseconds without typing before a text is checked. */
const PAUSE = 250;

export class Mistakes implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly shown = vscode.languages.createDiagnosticCollection(LANGUAGE);
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(private readonly analyses: Analyses) {
    const { workspace } = vscode;
    this.subscriptions = [
      workspace.onDidOpenTextDocument((document) => this.check(document, 0)),
      workspace.onDidChangeTextDocument(({ document }) => this.check(document, PAUSE)),
      workspace.onDidCloseTextDocument((document) => this.forget(document)),
    ];
    for (const document of workspace.textDocuments) this.check(document, 0);
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.shown.dispose();
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    return this.diagnostics(document).flatMap((diagnostic) => {
      const { replacement } = diagnostic;
      const place = rangeOf(diagnostic.span);
      if (replacement === undefined || !place.intersection(range)) return [];
      const action = new vscode.CodeAction(vscode.l10n.t('Write "{0}"', replacement), vscode.CodeActionKind.QuickFix);
      action.edit = new vscode.WorkspaceEdit();
      action.edit.replace(document.uri, place, replacement);
      action.diagnostics = [shownDiagnostic(diagnostic)];
      action.isPreferred = true;
      return [action];
    });
  }

  private check(document: vscode.TextDocument, pause: number): void {
    if (document.languageId !== LANGUAGE) return;
    const key = document.uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.set(key, setTimeout(() => {
      this.waiting.delete(key);
      if (!document.isClosed) this.shown.set(document.uri, this.diagnostics(document).map(shownDiagnostic));
    }, pause));
  }

  private forget({ uri }: vscode.TextDocument): void {
    clearTimeout(this.waiting.get(uri.toString()));
    this.waiting.delete(uri.toString());
    this.shown.delete(uri);
  }

  private diagnostics(document: vscode.TextDocument): readonly Diagnostic[] {
    return diagnosticsOf(this.analyses.of(document));
  }
}

export function shownDiagnostic({ span, message, elsewhere }: Diagnostic): vscode.Diagnostic {
  const { Error: mistake, Warning: doubt } = vscode.DiagnosticSeverity;
  const diagnostic = new vscode.Diagnostic(rangeOf(span), message, elsewhere ? doubt : mistake);
  diagnostic.source = 'refault';
  return diagnostic;
}
