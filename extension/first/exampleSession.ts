/** Examples at once: a copy in memory is opened and debugged, and nothing has to be set up for it. */
import * as vscode from 'vscode';
import { debugProgram } from '../debug/commands.ts';
import { SAMPLES_ROOT } from './sampleFiles.ts';
import { exampleNames } from './sampleWorkspace.ts';

/** @param wanted name of an example, or else the user chooses. */
export async function debugExample(extension: vscode.Uri, wanted?: unknown): Promise<void> {
  const names = await exampleNames(extension);
  const name = names.find((known) => known === wanted)
    ?? await vscode.window.showQuickPick([...names], { title: vscode.l10n.t('Debug which example?') });
  if (name === undefined) return;
  const program = vscode.Uri.joinPath(SAMPLES_ROOT, name);
  await vscode.window.showTextDocument(program);
  await debugProgram(program, false);
}
