import * as vscode from 'vscode';

/** The language's id in the manifest. */
export const LANGUAGE = 'cell-asm';

/** Who says the language's diagnostics. */
export const LANGUAGE_SOURCE = 'refault';

/** Whether a document is somebody's source: not the old side of a comparison, which lies in a file system of its own that cannot be written. */
export function isSource({ languageId, uri }: vscode.TextDocument): boolean {
  if (languageId !== LANGUAGE) return false;
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined || vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== false;
}
