/** Files that views export: where they are proposed, and what is said of them. */
import * as vscode from 'vscode';

/** In the workspace, by the title of the session. @param ending `faults.json` */
export function proposedPlace(title: string, ending: string): { readonly defaultUri?: vscode.Uri } {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, `${title.replaceAll(/[\\/:*?"<>|]/g, ' ').trim()} ${ending}`) } : {};
}

/** Says that a file is written; whether the user wants to see it. */
export async function wantsToOpen(written: string): Promise<boolean> {
  const open = vscode.l10n.t('Open');
  return await vscode.window.showInformationMessage(written, open) === open;
}
