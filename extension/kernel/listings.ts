/** Commands around kernel listings: open one, and compare those of two kernels. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import { DEFAULT_PROFILE, differingListings, KernelListings, PROFILES, profileOf } from '../core.ts';
import { DEBUG_TYPE } from '../views/followedSession.ts';
import { listingUri } from './listingDocuments.ts';

/**
 * Opens the listing of a kernel path: of the program that is being debugged, so that
 * breakpoints can be set in it, or else of a kernel that the user chooses.
 */
export async function openListing(): Promise<void> {
  const session = vscode.debug.activeDebugSession;
  const uri = session?.type === DEBUG_TYPE ? await sessionListing(session) : await storedListing();
  if (uri) await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}

async function sessionListing(session: vscode.DebugSession): Promise<vscode.Uri | undefined> {
  const { sources } = await session.customRequest('loadedSources') as DebugProtocol.LoadedSourcesResponse['body'];
  const listings = sources.filter(({ sourceReference }) => sourceReference !== undefined && sourceReference > 0);
  const picked = await vscode.window.showQuickPick(listings.map((source) => ({
    label: source.name ?? '', description: source.path?.replace(/\/[^/]*$/, '') ?? '', source,
  })), { title: vscode.l10n.t('Open a kernel listing'), placeHolder: vscode.l10n.t('A path of the kernel that the program runs under'), matchOnDescription: true });
  return picked && vscode.debug.asDebugSourceUri(picked.source, session);
}

async function storedListing(): Promise<vscode.Uri | undefined> {
  const kernel = await pickKernel(vscode.l10n.t('Of which kernel?'), [DEFAULT_PROFILE, ...kernels().filter((name) => name !== DEFAULT_PROFILE)]);
  if (kernel === undefined) return undefined;
  const listings = new KernelListings(profileOf(kernel));
  const picked = await vscode.window.showQuickPick(listings.names.map((name) => ({ label: name, description: listings.listing(name).title })), {
    title: vscode.l10n.t('Open a kernel listing'), placeHolder: vscode.l10n.t('A path of Linux {0}', kernel), matchOnDescription: true,
  });
  return picked && listingUri(kernel, picked.label);
}

/** Shows every path that differs between two kernels, side by side. */
export async function compareListings(): Promise<void> {
  const left = await pickKernel(vscode.l10n.t('Compare the listings of which kernel?'), kernels());
  if (left === undefined) return;
  const right = await pickKernel(vscode.l10n.t('With those of which other one?'), kernels().filter((name) => name !== left));
  if (right === undefined) return;
  const differing = differingListings(profileOf(left), profileOf(right)).flatMap(({ path: name }): [vscode.Uri, vscode.Uri, vscode.Uri][] => {
    const [leftUri, rightUri] = [listingUri(left, name), listingUri(right, name)];
    return leftUri && rightUri ? [[rightUri, leftUri, rightUri]] : [];
  });
  if (differing.length === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t('Linux {0} and Linux {1} take the same steps in every path.', left, right));
    return;
  }
  await vscode.commands.executeCommand('vscode.changes', vscode.l10n.t('Linux {0} and {1}', left, right), differing);
}

function kernels(): readonly string[] {
  return PROFILES.map(({ name }) => name);
}

async function pickKernel(title: string, names: readonly string[]): Promise<string | undefined> {
  return await vscode.window.showQuickPick([...names], { title });
}
