import * as vscode from 'vscode';

/** What is said of a view without rows. */
interface Nothing {
  readonly soFar: string;
  /** Of a program that has ended. */
  readonly ever: string;
}

/** The line above a view's rows: what it has nothing of, or that its program has ended; empty where there is nothing to say. */
export function viewMessage(rows: number, ended: boolean, nothing: Nothing): string {
  if (rows === 0) return ended ? nothing.ever : nothing.soFar;
  return ended ? vscode.l10n.t('The program has ended. This is what it left.') : '';
}
