/** The assembler's errors in open sources and what they include, as one types, and quick fixes for words that it can guess. */
import * as vscode from 'vscode';
import type { Diagnostic, FileDiagnostic } from '../../src/language/diagnostics.ts';
import type { SourceAnalysis } from '../../src/language/sourceAnalysis.ts';
import { diagnosticsOf, diagnosticsOfPrograms } from '../core.ts';
import type { Analyses } from './analyses.ts';
import { isSource, LANGUAGE, LANGUAGE_SOURCE } from './language.ts';
import { rangeOf } from './places.ts';

/** Milliseconds without typing before a text is checked. */
const PAUSE = 250;

export class Mistakes implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly shown = vscode.languages.createDiagnosticCollection(LANGUAGE);
  private readonly subscriptions: readonly vscode.Disposable[];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private checks = 0;

  constructor(private readonly analyses: Analyses) {
    const { workspace } = vscode;
    this.subscriptions = [
      workspace.onDidOpenTextDocument((document) => { this.checkNow(document); }),
      workspace.onDidCloseTextDocument((document) => { this.checkNow(document); }),
      analyses.onDidChangeFile(() => { this.schedule(PAUSE); }),
    ];
    this.schedule(0);
  }

  dispose(): void {
    this.checks++;
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.shown.dispose();
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    return diagnosticsOf(this.analyses.of(document)).flatMap((diagnostic) => {
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

  private checkNow(document: vscode.TextDocument): void {
    if (isSource(document)) this.schedule(0);
  }

  private schedule(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { void this.check(); }, pause);
  }

  /** Shows the mistakes of all programs that have a file open; another check that begins meanwhile has the last word. */
  private async check(): Promise<void> {
    const check = ++this.checks;
    const open = vscode.workspace.textDocuments.filter(isSource);
    const programs = await Promise.all(open.map(async ({ uri }) => ({ uri, programs: await this.analyses.programs(uri) })));
    if (check !== this.checks) return;
    const found = byFileSystem(programs).flatMap(({ uri, programs: own }) => diagnosticsOfPrograms(own).map((diagnostic) => ({ uri: uri.with({ path: diagnostic.path }), diagnostic })))
      .filter(({ uri, diagnostic: { severity, source, symbol } }) => !(severity === 'doubt' && this.analyses.index.isDefinedElsewhere(uri.with({ path: source }), symbol)));
    const byFile = new Map<string, { readonly uri: vscode.Uri; readonly diagnostics: vscode.Diagnostic[] }>();
    for (const { uri, diagnostic } of found) {
      const key = uri.toString();
      const file = byFile.get(key) ?? { uri, diagnostics: [] };
      byFile.set(key, file);
      file.diagnostics.push(inPrograms(shownDiagnostic(diagnostic), diagnostic, uri));
    }
    for (const [uri] of [...this.shown]) if (!byFile.has(uri.toString())) this.shown.delete(uri);
    for (const { uri, diagnostics } of byFile.values()) this.shown.set(uri, diagnostics);
  }
}

export function shownDiagnostic({ span, message, severity, about }: Diagnostic): vscode.Diagnostic {
  const { Error: mistake, Warning: doubt, Hint: hint } = vscode.DiagnosticSeverity;
  const diagnostic = new vscode.Diagnostic(rangeOf(span), message, { mistake, doubt, hint }[severity]);
  diagnostic.source = LANGUAGE_SOURCE;
  if (about) diagnostic.code = about.code;
  return diagnostic;
}

/** Names the programs that have the mistake, where others that include the file do not. */
function inPrograms(shown: vscode.Diagnostic, { programs }: FileDiagnostic, uri: vscode.Uri): vscode.Diagnostic {
  if (!programs) return shown;
  shown.relatedInformation = programs.map((path) =>
    new vscode.DiagnosticRelatedInformation(new vscode.Location(uri.with({ path }), new vscode.Position(0, 0)), vscode.l10n.t('In the program of this file')));
  return shown;
}

/** Paths are those of one file system: each has its programs once, with a file of it. */
function byFileSystem(found: readonly { readonly uri: vscode.Uri; readonly programs: readonly SourceAnalysis[] }[]): { readonly uri: vscode.Uri; readonly programs: SourceAnalysis[] }[] {
  const systems = new Map<string, { readonly uri: vscode.Uri; readonly programs: Map<string, SourceAnalysis> }>();
  for (const { uri, programs } of found) {
    const key = uri.with({ path: '/' }).toString();
    const system = systems.get(key) ?? { uri, programs: new Map() };
    systems.set(key, system);
    for (const program of programs) system.programs.set(program.survey.path, program);
  }
  return Array.from(systems.values(), ({ uri, programs }) => ({ uri, programs: [...programs.values()] }));
}
