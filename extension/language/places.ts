/** Places as the analysis counts them (from 1) and as VS Code does (from 0). */
import * as vscode from 'vscode';
import type { TextPlace, TextSpan } from '../../src/language/sourceAnalysis.ts';

export function placeOf({ line, character }: vscode.Position): TextPlace {
  return { line: line + 1, column: character + 1 };
}

export function rangeOf({ line, start, end }: TextSpan): vscode.Range {
  return new vscode.Range(line - 1, start - 1, line - 1, end - 1);
}
