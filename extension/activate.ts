/** What the extension registers, whatever extension host it runs in. */
import * as vscode from 'vscode';
import { AdapterFactory } from './debug/adapterFactory.ts';
import { debugFile } from './debug/commands.ts';
import { CellConfigurationProvider, CellDynamicConfigurations } from './debug/configuration.ts';
import { alone } from './debug/singleThread.ts';
import type { StartWorker } from './debug/workerPort.ts';
import { LISTING_SCHEME, ListingDocuments } from './kernel/listingDocuments.ts';
import { compareListings, openListing } from './kernel/listings.ts';
import { StepIntoSwitch } from './kernel/stepInto.ts';
import { AddressSpaceView } from './views/addressSpace/addressSpaceView.ts';
import { ContextsView } from './views/contextsView.ts';
import { FaultsView } from './views/faultsView.ts';
import { MemoryView } from './views/memory/memoryView.ts';
import { DEBUG_TYPE, FollowedSession } from './views/followedSession.ts';

export function activateExtension(context: vscode.ExtensionContext, start: StartWorker): void {
  const followed = new FollowedSession();
  const { debug, commands, workspace, DebugConfigurationProviderTriggerKind: trigger } = vscode;
  context.subscriptions.push(
    followed,
    debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, new AdapterFactory(start, (session, ask) => followed.keep(session, ask))),
    debug.registerDebugConfigurationProvider(DEBUG_TYPE, new CellConfigurationProvider()),
    debug.registerDebugConfigurationProvider(DEBUG_TYPE, new CellDynamicConfigurations(), trigger.Dynamic),
    commands.registerCommand('refault.debugFile', (resource?: vscode.Uri) => debugFile(resource, false)),
    commands.registerCommand('refault.runFile', (resource?: vscode.Uri) => debugFile(resource, true)),
    commands.registerCommand('refault.continueThread', (item?: object) => alone('continue', item)),
    commands.registerCommand('refault.stepThread', (item?: object) => alone('next', item)),
    commands.registerCommand('refault.stepIntoThread', (item?: object) => alone('stepIn', item)),
    commands.registerCommand('refault.openKernelListing', openListing),
    commands.registerCommand('refault.compareKernelListings', compareListings),
    workspace.registerTextDocumentContentProvider(LISTING_SCHEME, new ListingDocuments()),
    new StepIntoSwitch(),
    new ContextsView(followed),
    new FaultsView(followed),
    new AddressSpaceView(followed),
    new MemoryView(context.extensionUri, followed),
  );
}
