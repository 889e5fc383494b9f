/** What the extension registers, whatever extension host it runs in. */
import * as vscode from 'vscode';
import { CompareKernels } from './compare/command.ts';
import { LaunchChoice } from './compare/launchChoice.ts';
import { AdapterFactory } from './debug/adapterFactory.ts';
import { debugFile } from './debug/commands.ts';
import { CellConfigurationProvider, CellDynamicConfigurations } from './debug/configuration.ts';
import { SingleThread } from './debug/singleThread.ts';
import type { StartWorker } from './debug/workerPort.ts';
import { Coverage } from './editor/coverage.ts';
import { Outcomes } from './editor/outcomes.ts';
import { openGuide, Pages } from './first/explain/pages.ts';
import { debugExample } from './first/exampleSession.ts';
import { registerRunTool } from './first/runTool.ts';
import { SampleFiles } from './first/sampleFiles.ts';
import { openSampleWorkspace, sampleFiles } from './first/sampleWorkspace.ts';
import { StatusBar } from './first/statusBar.ts';
import { LISTING_SCHEME, ListingDocuments } from './kernel/listingDocuments.ts';
import { compareListings, openListing } from './kernel/listings.ts';
import { TimeStatus } from './history/timeStatus.ts';
import { travelToFault, travelToPresent } from './history/travel.ts';
import { StepIntoSwitch } from './kernel/stepInto.ts';
import { registerLanguage } from './language/register.ts';
import { registerTasks } from './tasks/taskProvider.ts';
import { AddressSpaceView } from './views/addressSpace/addressSpaceView.ts';
import { ContextsView } from './views/contextsView.ts';
import { FaultsView } from './views/faultsView.ts';
import { MemoryView } from './views/memory/memoryView.ts';
import { TimelineView } from './views/timeline/timelineView.ts';
import { DEBUG_TYPE, FollowedSession } from './views/followedSession.ts';

export function activateExtension(context: vscode.ExtensionContext, start: StartWorker): void {
  const followed = new FollowedSession();
  const language = registerLanguage();
  const { sourceOf } = language;
  const coverage = new Coverage(sourceOf);
  const launches = new LaunchChoice(sourceOf);
  const faults = new FaultsView(followed, context.workspaceState);
  const { debug, commands, workspace, DebugConfigurationProviderTriggerKind: trigger } = vscode;
  context.subscriptions.push(
    followed,
    debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, new AdapterFactory(start, async (session, remains) => { await Promise.all([followed.keep(session, remains), coverage.keep(session, remains.ask)]); })),
    debug.registerDebugConfigurationProvider(DEBUG_TYPE, new CellConfigurationProvider(launches, sourceOf)),
    debug.registerDebugConfigurationProvider(DEBUG_TYPE, new CellDynamicConfigurations(sourceOf), trigger.Dynamic),
    commands.registerCommand('refault.debugFile', (resource?: vscode.Uri) => debugFile(resource, false, sourceOf)),
    commands.registerCommand('refault.runFile', (resource?: vscode.Uri) => debugFile(resource, true, sourceOf)),
    new SingleThread(),
    commands.registerCommand('refault.openKernelListing', openListing),
    commands.registerCommand('refault.compareKernelListings', compareListings),
    workspace.registerTextDocumentContentProvider(LISTING_SCHEME, new ListingDocuments()),
    coverage,
    launches,
    new CompareKernels(start, launches),
    commands.registerCommand('refault.travelToFault', travelToFault),
    commands.registerCommand('refault.travelToPresent', travelToPresent),
    new TimeStatus(),
    new StepIntoSwitch(),
    new ContextsView(followed),
    faults,
    new Outcomes(followed),
    new AddressSpaceView(followed),
    new MemoryView(context.extensionUri, followed),
    new TimelineView(context.extensionUri, followed, (row) => faults.select(row)),
    new Pages(followed, context.extensionUri),
    new StatusBar(followed),
    new SampleFiles(() => sampleFiles(context.extensionUri)),
    commands.registerCommand('refault.openSampleWorkspace', () => openSampleWorkspace(context.extensionUri)),
    commands.registerCommand('refault.debugExample', (name?: unknown) => debugExample(context.extensionUri, name)),
    commands.registerCommand('refault.openGuide', openGuide),
    ...registerRunTool(start),
    ...registerTasks(start),
    ...language.subscriptions,
  );
}
