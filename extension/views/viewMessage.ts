import * as vscode from 'vscode';

/** The line above a view's rows: what it has nothing of, or that its program has ended; empty where there is nothing to say. */
export function viewMessage(rows: number, ended: boolean, nothing: string): string {
  if (rows === 0) return nothing;
  return ended ? vscode.l10n.t('The program has ended. This is what it left.') : '';
}
