/** Quick fixes beyond single words: labels, sections, parts of addresses, pairs of instructions. */
import * as vscode from 'vscode';
import type { Repair } from '../../src/language/repairs.ts';
import { diagnosticsOf, repairsOf } from '../core.ts';
import type { Analyses } from './analyses.ts';
import { shownDiagnostic } from './mistakes.ts';
import { rangeOf } from './places.ts';

export class Repairs implements vscode.CodeActionProvider {
  constructor(private readonly analyses: Analyses) {}

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const analysis = this.analyses.of(document);
    return diagnosticsOf(analysis).flatMap((diagnostic) => {
      if (!rangeOf(diagnostic.span).intersection(range)) return [];
      return repairsOf(analysis, diagnostic).map((repair) => {
        const action = new vscode.CodeAction(title(repair), vscode.CodeActionKind.QuickFix);
        action.edit = new vscode.WorkspaceEdit();
        for (const { span, text } of repair.changes) action.edit.replace(document.uri, rangeOf(span), text);
        action.diagnostics = [shownDiagnostic(diagnostic)];
        return action;
      });
    });
  }
}

function title({ kind, texts: [first = '', second = ''] }: Repair): string {
  switch (kind) {
    case 'write': return vscode.l10n.t('Write "{0}"', first);
    case 'pair': return vscode.l10n.t('Write "{0}" and "{1}"', first, second);
    case 'part': return vscode.l10n.t('Take the part "{0}" of the address', first);
    case 'label': return vscode.l10n.t('Define "{0}" at the end of the file', first);
    case 'section': return vscode.l10n.t('Write "{0}" before this line', first);
    case 'start': return vscode.l10n.t('Write ".globl {0}" and the label before this line', first);
    case 'close': return vscode.l10n.t('Write "{0}" at the end of the file', first);
  }
}
