/** What sources define, by file and over the whole workspace, and the parts of them that fold. */
import * as vscode from 'vscode';
import type { Definition } from '../../src/language/definitions.ts';
import { definitionsIn, foldsOf } from '../core.ts';
import type { Analyses } from './analyses.ts';
import { rangeOf } from './places.ts';

const { SymbolKind: Kind } = vscode;
const KINDS: Readonly<Record<Definition['kind'], vscode.SymbolKind>> = { label: Kind.Function, constant: Kind.Constant, macro: Kind.Module };

/** More than anybody reads: who looks for one of the others types another letter. */
const MOST_SYMBOLS = 1000;

export class Outline implements vscode.DocumentSymbolProvider, vscode.FoldingRangeProvider, vscode.WorkspaceSymbolProvider {
  constructor(private readonly analyses: Analyses) {}

  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    return definitionsIn(this.analyses.of(document).statements).map(({ name, kind, span }) =>
      new vscode.DocumentSymbol(name, '', KINDS[kind], rangeOf(span), rangeOf(span)));
  }

  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
    return foldsOf(this.analyses.of(document)).map(({ first, last }) => new vscode.FoldingRange(first - 1, last - 1));
  }

  async provideWorkspaceSymbols(query: string, token: vscode.CancellationToken): Promise<vscode.SymbolInformation[]> {
    await Promise.race([this.analyses.index.update(), new Promise((resolve) => { token.onCancellationRequested(resolve); })]);
    const found: vscode.SymbolInformation[] = [];
    for (const { uri, outline } of this.analyses.index.files()) {
      if (token.isCancellationRequested) return [];
      for (const { name, kind, span } of outline.definitions) {
        // Labels that begin so are nobody's landmarks.
        if (name.startsWith('.L') || !mayMatch(name, query)) continue;
        found.push(new vscode.SymbolInformation(name, KINDS[kind], vscode.workspace.asRelativePath(uri), new vscode.Location(uri, rangeOf(span))));
        if (found.length === MOST_SYMBOLS) return found;
      }
    }
    return found;
  }
}

/** Its letters are in the name, in this order: VS Code ranks by more than that. */
function mayMatch(name: string, query: string): boolean {
  const letters = name.toLowerCase();
  let at = 0;
  for (const letter of query.toLowerCase()) {
    at = letters.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
