/** What stands in and beside the text: meanings of words as colours, and on request what lines became. */
import * as vscode from 'vscode';
import { encodingsOf, semanticTokens, TOKEN_MODIFIERS, TOKEN_TYPES } from '../core.ts';
import type { Analyses } from './analyses.ts';
import { rangeOf } from './places.ts';

const SECTION = 'refault.inlayHints';

export const LEGEND = new vscode.SemanticTokensLegend([...TOKEN_TYPES], [...TOKEN_MODIFIERS]);

export class WordMeanings implements vscode.DocumentSemanticTokensProvider, vscode.DocumentRangeSemanticTokensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeSemanticTokens = this.changed.event;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly analyses: Analyses) {
    this.subscription = analyses.onDidChangeFile(() => { this.changed.fire(); });
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  provideDocumentSemanticTokens(document: vscode.TextDocument): Promise<vscode.SemanticTokens> {
    return this.tokens(document, 1, document.lineCount);
  }

  provideDocumentRangeSemanticTokens(document: vscode.TextDocument, { start, end }: vscode.Range): Promise<vscode.SemanticTokens> {
    return this.tokens(document, start.line + 1, end.line + 1);
  }

  private async tokens(document: vscode.TextDocument, first: number, last: number): Promise<vscode.SemanticTokens> {
    const analysis = await this.analyses.whole(document);
    const builder = new vscode.SemanticTokensBuilder(LEGEND);
    for (const { span, type, modifiers } of semanticTokens(analysis, first, last)) builder.push(rangeOf(span), type, [...modifiers]);
    return builder.build();
  }
}

export class LineEncodings implements vscode.InlayHintsProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeInlayHints = this.changed.event;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly analyses: Analyses) {
    this.subscription = vscode.Disposable.from(
      analyses.onDidChangeFile(() => { this.changed.fire(); }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SECTION)) this.changed.fire();
      }),
    );
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  async provideInlayHints(document: vscode.TextDocument, { start, end }: vscode.Range): Promise<vscode.InlayHint[]> {
    const settings = vscode.workspace.getConfiguration(SECTION, document);
    const [encodings, addresses] = [settings.get('encodings') === true, settings.get('addresses') === true];
    if (!encodings && !addresses) return [];
    return encodingsOf(await this.analyses.whole(document), start.line + 1, end.line + 1).map(({ line, address, bytes, more }) => {
      const parts = [...addresses ? [`${address.toString(16)}:`] : [], ...encodings ? [bytes + (more ? ' …' : '')] : []];
      const hint = new vscode.InlayHint(document.lineAt(line - 1).range.end, parts.join(' '));
      hint.paddingLeft = true;
      return hint;
    });
  }
}
