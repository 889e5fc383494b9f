/** Refault: Export Page Faults. */
import * as vscode from 'vscode';
import type { FaultFilter } from '../../src/adapter/protocol.ts';
import { fileName } from '../debug/hostFiles.ts';
import { proposedPlace, wantsToOpen } from './exportedFile.ts';
import { csvFile, jsonFile } from './faultFile.ts';
import { faultCount } from './faultText.ts';
import type { FollowedSession } from './followedSession.ts';
import type { Records } from './records.ts';

const PAGE = 1000;

interface Narrowing {
  readonly threadId?: number;
  readonly filter?: FaultFilter;
}

interface Exported {
  readonly bytes: Uint8Array;
  readonly faults: number;
}

/** @param shown What the view shows, which the user may want instead of all. */
export async function exportFaults(followed: FollowedSession['current'], shown: Narrowing): Promise<void> {
  if (!followed) {
    await vscode.window.showInformationMessage(vscode.l10n.t('There are no page faults to export: run a Cell program first.'));
    return;
  }
  const narrowing = await chooseFaults(shown);
  if (!narrowing) return;
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Page Faults'), filters: { JSON: ['json'], CSV: ['csv'] }, ...proposedPlace(followed.title, 'faults.json'),
  });
  if (!uri) return;
  try {
    const exported = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Exporting page faults'), cancellable: true },
      (progress, token) => collect(followed.records, narrowing, uri.path.toLowerCase().endsWith('.csv'), progress, token),
    );
    if (!exported) return;
    await vscode.workspace.fs.writeFile(uri, exported.bytes);
    await report(uri, exported.faults);
  } catch (error) {
    await vscode.window.showErrorMessage(vscode.l10n.t('The page faults could not be exported: {0}', error instanceof Error ? error.message : String(error)));
  }
}

async function chooseFaults(shown: Narrowing): Promise<Narrowing | undefined> {
  if (shown.filter === undefined && shown.threadId === undefined) return shown;
  const picked = await vscode.window.showQuickPick([
    { label: vscode.l10n.t('The faults that the view shows'), narrowing: shown }, { label: vscode.l10n.t('All faults'), narrowing: {} },
  ], { title: vscode.l10n.t('Export Page Faults') });
  return picked?.narrowing;
}

/** Asks for page after page; undefined where the user has cancelled. */
async function collect(
  records: Records, narrowing: Narrowing, asCsv: boolean, progress: vscode.Progress<{ message: string; increment: number }>, token: vscode.CancellationToken,
): Promise<Exported | undefined> {
  const [{ kernel }, { total }] = await Promise.all([records.status(), records.faults({ start: 0, count: 0, ...narrowing })]);
  const file = asCsv ? csvFile() : jsonFile(kernel);
  const encoder = new TextEncoder();
  const pieces = [encoder.encode(file.head)];
  let faults = 0;
  let from: number | undefined = 0;
  while (from !== undefined) {
    if (token.isCancellationRequested) return undefined;
    const page: Awaited<ReturnType<Records['faultRecords']>> = await records.faultRecords({ from, count: PAGE, ...narrowing });
    pieces.push(encoder.encode(file.piece(page.records, faults === 0)));
    faults += page.records.length;
    progress.report({ message: vscode.l10n.t('{0} of {1}', faults, Math.max(total, faults)), increment: (100 * page.records.length) / Math.max(total, 1) });
    from = page.next;
  }
  pieces.push(encoder.encode(file.tail));
  return { bytes: joined(pieces), faults };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

async function report(uri: vscode.Uri, faults: number): Promise<void> {
  if (await wantsToOpen(vscode.l10n.t('{0} exported to {1}.', faultCount(faults), fileName(uri)))) await vscode.window.showTextDocument(uri);
}
