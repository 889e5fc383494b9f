/** Analyses of open documents: each text is analysed once, when something first asks. */
import type * as vscode from 'vscode';
import { newMnemonics, SourceAnalysis } from '../core.ts';
import { includedText } from './included.ts';

export class Analyses {
  private mnemonics: ReturnType<typeof newMnemonics> | undefined;
  private readonly kept = new WeakMap<vscode.TextDocument, { readonly version: number; readonly analysis: SourceAnalysis }>();

  of(document: vscode.TextDocument): SourceAnalysis {
    const kept = this.kept.get(document);
    if (kept?.version === document.version) return kept.analysis;
    this.mnemonics ??= newMnemonics();
    const analysis = new SourceAnalysis(document.uri.path, document.getText(), this.mnemonics, includedText);
    this.kept.set(document, { version: document.version, analysis });
    return analysis;
  }
}
