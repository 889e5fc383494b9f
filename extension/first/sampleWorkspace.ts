/** The command that copies the examples, with launch configurations, to where the user wants them. */
import * as vscode from 'vscode';
import { SAMPLES_ROOT } from './sampleFiles.ts';

/** Folder that is made in the one that the user chooses. */
const FOLDER = 'refault-examples';

type Place = 'folder' | 'memory';

export async function openSampleWorkspace(extension: vscode.Uri): Promise<void> {
  const place = await choosePlace();
  const target = place === 'memory' ? SAMPLES_ROOT : place && await chooseFolder();
  if (!target) return;
  try {
    if (place === 'folder') await copyExamples(extension, target);
  } catch (error) {
    await vscode.window.showErrorMessage(vscode.l10n.t('The examples cannot be put into {0}: {1}', target.toString(true), error instanceof Error ? error.message : String(error)));
    return;
  }
  await offerToOpen(target);
}

async function choosePlace(): Promise<Place | undefined> {
  const places: readonly (vscode.QuickPickItem & { readonly place: Place })[] = [
    { place: 'folder', label: vscode.l10n.t('In a folder ...'), detail: vscode.l10n.t('Makes "{0}" in a folder that you choose.', FOLDER) },
    { place: 'memory', label: vscode.l10n.t('In memory'), detail: vscode.l10n.t('Nothing is written to a disk. Changes last until the window is closed.') },
  ];
  const picked = await vscode.window.showQuickPick(places, { title: vscode.l10n.t('Where should the examples be?') });
  return picked?.place;
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const [parent] = await vscode.window.showOpenDialog({
    canSelectFiles: false, canSelectFolders: true, openLabel: vscode.l10n.t('Put the Examples Here'), title: vscode.l10n.t('Where should the examples be?'),
  }) ?? [];
  return parent && vscode.Uri.joinPath(parent, FOLDER);
}

/** Names of the examples that come with the extension. */
export async function exampleNames(extension: vscode.Uri): Promise<readonly string[]> {
  // In a browser the extension's files come from a web server, which lists no folders.
  const index = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, 'media', 'examples.json'));
  return JSON.parse(new TextDecoder().decode(index)) as readonly string[];
}

/** What a sample workspace holds: contents by path. */
export async function sampleFiles(extension: vscode.Uri): Promise<ReadonlyMap<string, Uint8Array>> {
  const names = await exampleNames(extension);
  const sources = await Promise.all(names.map(async (name) => [name, await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, 'examples', name))] as const));
  return new Map([...sources, ['.vscode/launch.json', new TextEncoder().encode(`${JSON.stringify(launchFile(), null, 2)}\n`)]]);
}

/** What is there already stays as it is: it may have been worked on. */
async function copyExamples(extension: vscode.Uri, target: vscode.Uri): Promise<void> {
  const { fs } = vscode.workspace;
  await fs.createDirectory(vscode.Uri.joinPath(target, '.vscode'));
  for (const [path, content] of await sampleFiles(extension)) {
    const file = vscode.Uri.joinPath(target, path);
    try {
      await fs.stat(file);
    } catch {
      await fs.writeFile(file, content);
    }
  }
}

/** Launch configurations to begin with: the file that is open, and the story of RETRY before and after. */
function launchFile(): object {
  const entry = (name: string, program: string, more: object = {}): object => ({ type: 'cell', request: 'launch', name, program, ...more });
  return {
    version: '0.2.0',
    configurations: [
      entry(vscode.l10n.t('Debug the current file'), '${file}'),
      entry(vscode.l10n.t('retry.s, with NOPAGE_RETRY'), '${workspaceFolder}/retry.s', { kernel: '2.6.18-retry' }),
      entry(vscode.l10n.t('retry.s, without it'), '${workspaceFolder}/retry.s', { kernel: '2.6.18' }),
      entry(vscode.l10n.t('The current file under 2.6.25, through the kernel'), '${file}', { kernel: '2.6.25', stepInto: 'kernel' }),
    ],
  };
}

async function offerToOpen(target: vscode.Uri): Promise<void> {
  const [here, anew, add] = [vscode.l10n.t('Open'), vscode.l10n.t('Open in a New Window'), vscode.l10n.t('Add to the Workspace')];
  // A file system in memory is this window's own.
  const ways = target.scheme === SAMPLES_ROOT.scheme ? [add] : [here, anew, add];
  const way = await vscode.window.showInformationMessage(vscode.l10n.t('The examples are in {0}. Open retry.s there and press F5.', target.toString(true)), ...ways);
  const { workspaceFolders = [] } = vscode.workspace;
  if (way === add) vscode.workspace.updateWorkspaceFolders(workspaceFolders.length, 0, { uri: target, name: vscode.l10n.t('Refault examples') });
  else if (way !== undefined) await vscode.commands.executeCommand('vscode.openFolder', target, { forceNewWindow: way === anew });
}
