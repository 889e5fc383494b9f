/** What the extension knows of assembly sources, for VS Code. */
import * as vscode from 'vscode';
import type { SourceOf } from '../debug/program.ts';
import { NamedValues } from '../editor/namedValues.ts';
import { Analyses } from './analyses.ts';
import { LEGEND, LineEncodings, WordMeanings } from './display.ts';
import { Formatting } from './formatting.ts';
import { LANGUAGE } from './language.ts';
import { IncludedDocuments } from './includedDocuments.ts';
import { Mistakes } from './mistakes.ts';
import { Navigation } from './navigation.ts';
import { Outline } from './outline.ts';
import { Repairs } from './repairs.ts';
import { WritingHelp } from './writing.ts';

interface Language {
  readonly sourceOf: SourceOf;
  readonly subscriptions: readonly vscode.Disposable[];
}

export function registerLanguage(): Language {
  const analyses = new Analyses();
  const mistakes = new Mistakes(analyses);
  const adoption = new IncludedDocuments(analyses);
  const writing = new WritingHelp(analyses);
  const navigation = new Navigation(analyses);
  const outline = new Outline(analyses);
  const formatting = new Formatting();
  const meanings = new WordMeanings(analyses);
  const encodings = new LineEncodings(analyses);
  const values = new NamedValues(analyses);
  const { languages } = vscode;
  const subscriptions = [
    analyses,
    mistakes,
    adoption,
    meanings,
    encodings,
    languages.registerCodeActionsProvider(LANGUAGE, mistakes, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
    languages.registerCodeActionsProvider(LANGUAGE, new Repairs(analyses), { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
    languages.registerCompletionItemProvider(LANGUAGE, writing, '.', '@', '$', '%'),
    languages.registerHoverProvider(LANGUAGE, writing),
    languages.registerEvaluatableExpressionProvider(LANGUAGE, values),
    languages.registerInlineValuesProvider(LANGUAGE, values),
    languages.registerSignatureHelpProvider(LANGUAGE, writing, ' ', ','),
    languages.registerDefinitionProvider(LANGUAGE, navigation),
    languages.registerReferenceProvider(LANGUAGE, navigation),
    languages.registerRenameProvider(LANGUAGE, navigation),
    languages.registerDocumentHighlightProvider(LANGUAGE, navigation),
    languages.registerDocumentSymbolProvider(LANGUAGE, outline),
    languages.registerWorkspaceSymbolProvider(outline),
    languages.registerDocumentFormattingEditProvider(LANGUAGE, formatting),
    languages.registerDocumentRangeFormattingEditProvider(LANGUAGE, formatting),
    languages.registerOnTypeFormattingEditProvider(LANGUAGE, formatting, '\n'),
    languages.registerDocumentSemanticTokensProvider(LANGUAGE, meanings, LEGEND),
    languages.registerDocumentRangeSemanticTokensProvider(LANGUAGE, meanings, LEGEND),
    languages.registerInlayHintsProvider(LANGUAGE, encodings),
    languages.registerFoldingRangeProvider(LANGUAGE, outline),
  ];
  return { sourceOf: (file) => analyses.sourceOf(file), subscriptions };
}
