/** Refault: Export Timeline as SVG. */
import * as vscode from 'vscode';
import { clockOf, length, moment } from '../../webview/timeline/itemWords.ts';
import { svgFile } from '../../webview/timeline/svgFile.ts';
import { cyclesPerPoint, type Look, scaleOf } from '../../webview/timeline/timeScale.ts';
import type { TimeUnit } from '../../webview/timeline/timeText.ts';
import { sayFrom } from '../../webview/texts.ts';
import { fileName } from '../../debug/hostFiles.ts';
import { proposedPlace, wantsToOpen } from '../exportedFile.ts';
import type { FollowedSession } from '../followedSession.ts';
import { timelineArguments } from './timelineRequest.ts';
import { timelineTexts } from './timelineTexts.ts';

const WIDTH = 1400;

/** @param look What the view shows, which the user may want instead of all. */
export async function exportTimeline(followed: FollowedSession['current'], look: Look, unit: TimeUnit): Promise<void> {
  if (!followed) {
    await vscode.window.showInformationMessage(vscode.l10n.t('There is no timeline to export: run a Cell program first.'));
    return;
  }
  const wanted = await choosePart(look);
  if (!wanted) return;
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Timeline as SVG'), filters: { SVG: ['svg'] }, ...proposedPlace(followed.title, 'timeline.svg'),
  });
  if (!uri) return;
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(await pictureOf(followed, wanted, unit)));
  } catch (error) {
    await vscode.window.showErrorMessage(vscode.l10n.t('The timeline could not be exported: {0}', error instanceof Error ? error.message : String(error)));
    return;
  }
  if (await wantsToOpen(vscode.l10n.t('Timeline exported to {0}.', fileName(uri)))) await vscode.commands.executeCommand('vscode.open', uri);
}

async function choosePart(look: Look): Promise<Look | undefined> {
  if (look.kind === 'all') return look;
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { readonly look: Look }>([
    { label: vscode.l10n.t('What the view shows'), look }, { label: vscode.l10n.t('The whole time'), look: { kind: 'all' } },
  ], { title: vscode.l10n.t('Export Timeline as SVG') });
  return picked?.look;
}

async function pictureOf({ records, title }: NonNullable<FollowedSession['current']>, look: Look, unit: TimeUnit): Promise<string> {
  const { cycle, kernel } = await records.status();
  const timeline = await records.timeline(timelineArguments(look, { begin: 0, end: cycle }, WIDTH));
  const scale = scaleOf(look, timeline, WIDTH);
  const say = sayFrom(timelineTexts());
  const clock = clockOf(timeline, unit, cyclesPerPoint(scale));
  return svgFile(timeline, scale, unit, {
    title: vscode.l10n.t('Timeline of {0}', title),
    description: vscode.l10n.t('{0} under Linux {1}, simulated time from {2} to {3} ({4}).', title, kernel, moment(scale.from, clock, say), moment(scale.to, clock, say), length(scale.to - scale.from, clock, say)),
  }, say);
}
