/** Formatting of sources: whole, in part, and line by line as one types. */
import * as vscode from 'vscode';
import { formattedLines } from '../core.ts';

export class Formatting implements vscode.DocumentFormattingEditProvider, vscode.DocumentRangeFormattingEditProvider, vscode.OnTypeFormattingEditProvider {
  provideDocumentFormattingEdits(document: vscode.TextDocument, options: vscode.FormattingOptions): vscode.TextEdit[] {
    return edits(document, options, 1, document.lineCount);
  }

  provideDocumentRangeFormattingEdits(document: vscode.TextDocument, { start, end }: vscode.Range, options: vscode.FormattingOptions): vscode.TextEdit[] {
    // A selection of whole lines ends before the first character of the next one.
    const last = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
    return edits(document, options, start.line + 1, last);
  }

  /** The line that Enter has ended. */
  provideOnTypeFormattingEdits(document: vscode.TextDocument, { line }: vscode.Position, _: string, options: vscode.FormattingOptions): vscode.TextEdit[] {
    return edits(document, options, line, line);
  }
}

function edits(document: vscode.TextDocument, { tabSize, insertSpaces }: vscode.FormattingOptions, first: number, last: number): vscode.TextEdit[] {
  const lines = Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line).text);
  return formattedLines(lines, { tabSize, insertSpaces }, first, last).map(({ line, text }) => vscode.TextEdit.replace(document.lineAt(line - 1).range, text));
}
