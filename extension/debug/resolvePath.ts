import * as vscode from 'vscode';
import { isUri } from './hostFiles.ts';

/**
 * Makes a path of a launch configuration whole. In a folder that is not on a disk,
 * VS Code's variables give the path of the folder's URI alone: its scheme and authority
 * are added here.
 */
export function resolvePath(path: string, folder: vscode.WorkspaceFolder | undefined): string {
  if (isUri(path)) return path;
  const absolute = /^(?:[/\\]|[a-z]:[/\\])/i.test(path);
  if (!folder) return path;
  if (folder.uri.scheme === 'file') return absolute ? path : vscode.Uri.joinPath(folder.uri, path).fsPath;
  return (absolute ? folder.uri.with({ path: path.replaceAll('\\', '/') }) : vscode.Uri.joinPath(folder.uri, path)).toString();
}
