/** Ways around the files of a program: definitions, references, highlights, rename. */
import * as vscode from 'vscode';
import type { Occurrence } from '../../src/language/references.ts';
import type { RenameRefusal } from '../../src/language/rename.ts';
import { includedAt, occurrencesIn, renamableAt, renameAt } from '../core.ts';
import type { Analyses } from './analyses.ts';
import { includedUri } from './included.ts';
import { placeOf, rangeOf } from './places.ts';

export class Navigation implements vscode.DefinitionProvider, vscode.ReferenceProvider, vscode.DocumentHighlightProvider, vscode.RenameProvider {
  constructor(private readonly analyses: Analyses) {}

  async provideDefinition(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken): Promise<vscode.Location[] | vscode.LocationLink[]> {
    const included = includedAt(await this.analyses.whole(document), placeOf(position));
    if (included) {
      const start = new vscode.Range(0, 0, 0, 0);
      return [{ originSelectionRange: rangeOf(included.span), targetUri: includedUri(included.name, document.uri), targetRange: start }];
    }
    return (await this.occurrences(document, position, token)).filter(({ definition }) => definition).map((occurrence) => locationOf(document, occurrence));
  }

  async provideReferences(document: vscode.TextDocument, position: vscode.Position, { includeDeclaration }: vscode.ReferenceContext, token: vscode.CancellationToken): Promise<vscode.Location[]> {
    return (await this.occurrences(document, position, token)).filter(({ definition }) => includeDeclaration || !definition).map((occurrence) => locationOf(document, occurrence));
  }

  async provideDocumentHighlights(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken): Promise<vscode.DocumentHighlight[]> {
    const { Read: read, Write: write } = vscode.DocumentHighlightKind;
    return (await this.occurrences(document, position, token)).filter(({ path }) => path === document.uri.path).map(({ span, definition }) =>
      new vscode.DocumentHighlight(rangeOf(span), definition ? write : read));
  }

  async prepareRename(document: vscode.TextDocument, position: vscode.Position): Promise<{ range: vscode.Range; placeholder: string }> {
    const name = renamableAt(await this.analyses.linkedPrograms(document.uri), document.uri.path, placeOf(position));
    if (!name) throw new Error(refusal({ refused: 'nothing' }, '', document));
    return { range: rangeOf(name.span), placeholder: name.text };
  }

  async provideRenameEdits(document: vscode.TextDocument, position: vscode.Position, newName: string): Promise<vscode.WorkspaceEdit> {
    const { uri } = document;
    const programs = await this.analyses.relatedPrograms(uri);
    const changes = renameAt(programs, uri.path, placeOf(position), newName, this.analyses.resolver(uri));
    if ('refused' in changes) throw new Error(refusal(changes, newName, document));
    const edit = new vscode.WorkspaceEdit();
    for (const { path, span, text } of changes) edit.replace(uri.with({ path }), rangeOf(span), text);
    return edit;
  }

  private async occurrences({ uri }: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken): Promise<readonly Occurrence[]> {
    const programs = await this.analyses.linkedPrograms(uri);
    return token.isCancellationRequested ? [] : occurrencesIn(programs, uri.path, placeOf(position));
  }
}

function locationOf({ uri }: vscode.TextDocument, { path, span }: Occurrence): vscode.Location {
  return new vscode.Location(uri.with({ path }), rangeOf(span));
}

function refusal({ refused, program }: RenameRefusal, newName: string, { uri }: vscode.TextDocument): string {
  switch (refused) {
    case 'nothing': return vscode.l10n.t('Nothing that this program defines stands here.');
    case 'file': return vscode.l10n.t('An SPU program that is a file of its own is called as the file is: rename the file.');
    case 'name': return vscode.l10n.t('"{0}" is no name that can stand here.', newName);
    case 'meaning': return program === undefined
      ? vscode.l10n.t('The program would not mean the same with the name "{0}": choose one that is not taken.', newName)
      : vscode.l10n.t('The program {1} would not mean the same with the name "{0}": choose one that is not taken.', newName, vscode.workspace.asRelativePath(uri.with({ path: program })));
  }
}
