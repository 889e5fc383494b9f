/** What stands in and beside the text: meanings of words as colours, and on request what lines became. */
import * as vscode from 'vscode';
import { encodingsOf, semanticTokens, TOKEN_MODIFIERS, TOKEN_TYPES } from '../core.ts';
import type { Analyses } from './analyses.ts';
import { rangeOf } from './places.ts';

const SECTION = 'refault.inlayHints';

export const LEGEND = new vscode.SemanticTokensLegend([...TOKEN_TYPES], [...TOKEN_MODIFIERS]);

export class WordMeanings implements vscode.DocumentSemanticTokensProvider, vscode.DocumentRangeSemanticTokensProvider {
  constructor(private readonly analyses: Analyses) {}

  provideDocumentSemanticTokens(document: vscode.TextDocument): vscode.SemanticTokens {
    return this.tokens(document, 1, document.lineCount);
  }

  provideDocumentRangeSemanticTokens(document: vscode.TextDocument, { start, end }: vscode.Range): vscode.SemanticTokens {
    return this.tokens(document, start.line + 1, end.line + 1);
  }

  private tokens(document: vscode.TextDocument, first: number, last: number): vscode.SemanticTokens {
    const builder = new vscode.SemanticTokensBuilder(LEGEND);
    for (const { span, type, modifiers } of semanticTokens(this.analyses.of(document), first, last)) builder.push(rangeOf(span), type, [...modifiers]);
    return builder.build();
  }
}

export class LineEncodings implements vscode.InlayHintsProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeInlayHints = this.changed.event;
  private readonly subscription = vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(SECTION)) this.changed.fire();
  });

  constructor(private readonly analyses: Analyses) {}

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  provideInlayHints(document: vscode.TextDocument, { start, end }: vscode.Range): vscode.InlayHint[] {
    const settings = vscode.workspace.getConfiguration(SECTION, document);
    const [encodings, addresses] = [settings.get('encodings') === true, settings.get('addresses') === true];
    if (!encodings && !addresses) return [];
    return encodingsOf(this.analyses.of(document), start.line + 1, end.line + 1).map(({ line, address, bytes, more }) => {
      const parts = [...addresses ? [`${address.toString(16)}:`] : [], ...encodings ? [bytes + (more ? ' …' : '')] : []];
      const hint = new vscode.InlayHint(document.lineAt(line - 1).range.end, parts.join(' '));
      hint.paddingLeft = true;
      return hint;
    });
  }
}
