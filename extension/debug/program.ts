/** Which file the user means to debug. */
import * as vscode from 'vscode';
import { LANGUAGE } from '../language/language.ts';

/** The source that is started for an assembly file: itself, or for a file that is no program by its name, one that includes it. */
export type SourceOf = (file: vscode.Uri) => Promise<vscode.Uri>;

/** The assembly file or ELF program in the active editor, of whatever kind that editor is. */
export async function programInFocus(sourceOf: SourceOf): Promise<vscode.Uri | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId === LANGUAGE) return sourceOf(document.uri);
  const uri = document?.uri ?? activeTabUri();
  return uri && await isElf(uri) ? uri : undefined;
}

/** The folder that is open, where assembly files lie in it: they make one program. Whether they do is for the launch to say. */
export async function folderProgram(folder: vscode.WorkspaceFolder | undefined): Promise<vscode.Uri | undefined> {
  const uri = (folder ?? vscode.workspace.workspaceFolders?.[0])?.uri;
  if (!uri) return undefined;
  try {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    return entries.some(([name, type]) => (type & vscode.FileType.File) !== 0 && /\.s$/i.test(name)) ? uri : undefined;
  } catch {
    return undefined;
  }
}

function activeTabUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) return input.uri;
  return undefined;
}

async function isElf(uri: vscode.Uri): Promise<boolean> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (!(type & vscode.FileType.File) || size < 52 || size > 256 * 2 ** 20) return false;
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
  } catch {
    return false;
  }
}
