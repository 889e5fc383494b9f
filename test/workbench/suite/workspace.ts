import * as vscode from 'vscode';

/** An example program of the opened folder. */
export function example(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('The workbench was started without the folder of examples.');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** How a launch configuration names a file here: a path on a disk, a URI elsewhere. */
export function programOf(name: string): string {
  const uri = example(name);
  return uri.scheme === 'file' ? uri.fsPath : uri.toString();
}
