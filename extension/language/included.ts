/** Files that a source includes, where they are open in the editor. */
import * as vscode from 'vscode';

/** The assembler asks at once, and the workspace answers later: other files are unknown here. */
export const includedText = {
  text: (path: string, from: string): { readonly path: string; readonly text: string } | undefined => {
    const wanted = path.startsWith('/') ? path : from.replace(/[^/]*$/, '') + path;
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.path === wanted);
    return document && { path: wanted, text: document.getText() };
  },
  bytes: (): undefined => undefined,
};
