import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../views/followedSession.ts';
import { fileName, pathOf } from './hostFiles.ts';
import { programInFocus, type SourceOf } from './program.ts';

/** Debugs or runs the program of a file: the one given, or the one in the active editor. Whether it has started. */
export async function debugFile(resource: vscode.Uri | undefined, noDebug: boolean, sourceOf: SourceOf): Promise<boolean> {
  const program = resource ? await sourceOf(resource) : await programInFocus(sourceOf);
  if (program) return debugProgram(program, noDebug);
  await vscode.window.showErrorMessage(vscode.l10n.t('Open a Cell assembly file (.s) or an ELF program first.'));
  return false;
}

/** Debugs or runs a program. Whether it has started. */
export async function debugProgram(program: vscode.Uri, noDebug: boolean): Promise<boolean> {
  return await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(program), {
    type: DEBUG_TYPE,
    request: 'launch',
    name: vscode.l10n.t('Debug {0}', fileName(program)),
    program: pathOf(program),
  }, { noDebug });
}
