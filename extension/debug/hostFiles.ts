/** Files for a debug session, read where the workspace is: a local disk, a remote machine, a virtual file system. */
import * as vscode from 'vscode';
import type { FolderEntry } from '../../src/adapter/host.ts';

export interface Files {
  readFile(path: string): Promise<Uint8Array>;
  listFolder(path: string): Promise<FolderEntry[]>;
}

/** Whether a path is a whole URI; a single letter in front of a colon is a drive. */
export function isUri(path: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(path);
}

/** A path as a session names it: a file-system path, or a whole URI. */
export function uriOf(path: string): vscode.Uri {
  return isUri(path) ? vscode.Uri.parse(path, true) : vscode.Uri.file(path);
}

/** The same back: as a launch configuration names a file. */
export function pathOf(file: vscode.Uri): string {
  return file.scheme === 'file' ? file.fsPath : file.toString();
}

/** Its name without the folders, for titles. */
export function fileName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export const workspaceFiles: Files = {
  readFile: async (path) => {
    const uri = uriOf(path);
    // A file that was never saved is nowhere but in its editor.
    const unsaved = uri.scheme === 'untitled' ? vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString()) : undefined;
    return unsaved ? new TextEncoder().encode(unsaved.getText()) : await orSentence(path, vscode.workspace.fs.readFile(uri));
  },
  listFolder: async (path) => {
    const entries = await orSentence(path, vscode.workspace.fs.readDirectory(uriOf(path)));
    return entries.flatMap(([name, type]): FolderEntry[] => {
      if (type & vscode.FileType.Directory) return [{ name, kind: 'folder' }];
      return type & vscode.FileType.File ? [{ name, kind: 'file' }] : [];
    });
  },
};

async function orSentence<T>(path: string, reading: Thenable<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw new Error(vscode.l10n.t('{0} cannot be read: {1}.', path, reasonOf(error)), { cause: error });
  }
}

function reasonOf(error: unknown): string {
  switch (error instanceof vscode.FileSystemError ? error.code : '') {
    case 'FileNotFound': return vscode.l10n.t('it does not exist');
    case 'NoPermissions': return vscode.l10n.t('access to it is denied');
    case 'FileIsADirectory': return vscode.l10n.t('it is a folder');
    case 'FileNotADirectory': return vscode.l10n.t('it is not a folder');
    default: return error instanceof Error ? error.message : String(error);
  }
}
