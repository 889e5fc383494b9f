/** Ways around a source: definitions, references, rename, its outline and its folds. */
import * as vscode from 'vscode';
import type { OutlineEntry } from '../../src/language/outline.ts';
import type { RenameRefusal } from '../../src/language/rename.ts';
import { foldsOf, occurrencesAt, outlineOf, renameAt } from '../core.ts';
import type { Analyses } from './analyses.ts';
import { includedText } from './included.ts';
import { placeOf, rangeOf } from './places.ts';

const { SymbolKind: Kind } = vscode;
const KINDS: Readonly<Record<OutlineEntry['kind'], vscode.SymbolKind>> = { label: Kind.Function, constant: Kind.Constant, macro: Kind.Module };

export class Navigation implements vscode.DefinitionProvider, vscode.ReferenceProvider, vscode.RenameProvider, vscode.DocumentSymbolProvider, vscode.FoldingRangeProvider {
  constructor(private readonly analyses: Analyses) {}

  provideDefinition(document: vscode.TextDocument, position: vscode.Position): vscode.Location[] {
    return this.locations(document, position).filter(({ definition }) => definition).map(({ location }) => location);
  }

  provideReferences(document: vscode.TextDocument, position: vscode.Position, { includeDeclaration }: vscode.ReferenceContext): vscode.Location[] {
    return this.locations(document, position).filter(({ definition }) => includeDeclaration || !definition).map(({ location }) => location);
  }

  provideRenameEdits(document: vscode.TextDocument, position: vscode.Position, newName: string): vscode.WorkspaceEdit {
    const changes = renameAt(this.analyses.of(document), placeOf(position), newName, includedText);
    if (typeof changes === 'string') throw new Error(refusal(changes, newName));
    const edit = new vscode.WorkspaceEdit();
    for (const { span, text } of changes) edit.replace(document.uri, rangeOf(span), text);
    return edit;
  }

  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    return outlineOf(this.analyses.of(document)).map(({ name, kind, span }) =>
      new vscode.DocumentSymbol(name, '', KINDS[kind], rangeOf(span), rangeOf(span)));
  }

  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
    return foldsOf(this.analyses.of(document)).map(({ first, last }) => new vscode.FoldingRange(first - 1, last - 1));
  }

  private locations(document: vscode.TextDocument, position: vscode.Position): { readonly definition: boolean; readonly location: vscode.Location }[] {
    return occurrencesAt(this.analyses.of(document), placeOf(position)).map(({ span, definition }) =>
      ({ definition, location: new vscode.Location(document.uri, rangeOf(span)) }));
  }
}

function refusal(reason: RenameRefusal, newName: string): string {
  switch (reason) {
    case 'nothing': return vscode.l10n.t('Nothing that this file defines stands here.');
    case 'name': return vscode.l10n.t('"{0}" is no name that can stand here.', newName);
    case 'meaning': return vscode.l10n.t('The program would not mean the same with the name "{0}": choose one that is not taken.', newName);
  }
}
