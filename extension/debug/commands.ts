import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../views/followedSession.ts';
import { programInFocus } from './program.ts';

/** Debugs or runs a file: the one given, or the one in the active editor. Whether it has started. */
export async function debugFile(resource: vscode.Uri | undefined, noDebug: boolean): Promise<boolean> {
  const program = resource ?? await programInFocus();
  if (!program) {
    await vscode.window.showErrorMessage(vscode.l10n.t('Open a Cell assembly file (.s) or an ELF program first.'));
    return false;
  }
  return await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(program), {
    type: DEBUG_TYPE,
    request: 'launch',
    name: vscode.l10n.t('Debug {0}', program.path.slice(program.path.lastIndexOf('/') + 1)),
    program: program.scheme === 'file' ? program.fsPath : program.toString(),
  }, { noDebug });
}
