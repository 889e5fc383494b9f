/**
 * Pages to read: of a fault, which the command Explain This Fault makes (`refault:/Fault 3 of retry.s.md`), of the guide and the facts
 * (`refault:/docs/...`, from the package), and the kernel listings that they lead to.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import type { FaultRow } from '../../../src/adapter/protocol.ts';
import type { Profile } from '../../../src/sim/kernel/profile/profile.ts';
import { KernelListings, pathName, PROFILES, profileOf } from '../../core.ts';
import { listingPath } from '../../kernel/listingDocuments.ts';
import type { Records } from '../../views/records.ts';
import { DEBUG_TYPE, type FollowedSession } from '../../views/followedSession.ts';
import { FACTS_PAGE, factAnchor } from './factLinks.ts';
import { faultPage, type PageSurroundings } from './page.ts';

const SCHEME = 'refault';
/** Pages that are kept for those who go back to an earlier one. */
const KEPT_PAGES = 50;

export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #followed: FollowedSession;
  readonly #extension: vscode.Uri;
  readonly #texts = new Map<string, string>();
  /** Listings that pages lead to: those of a kernel with changed choices have no other place. */
  readonly #listed = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly onDidChange = this.#changed.event;

  constructor(followed: FollowedSession, extension: vscode.Uri) {
    this.#followed = followed;
    this.#extension = extension;
    this.#subscriptions = [
      this.#changed,
      followed.onDidChange((change) => {
        // A stop is followed by the selection of its thread, which says nothing about why it is one.
        if (typeof change === 'string' && change !== 'selected') void vscode.commands.executeCommand('setContext', 'refault.stoppedOnFault', change === 'stopped on a fault');
      }),
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.commands.registerCommand('refault.explainFault', (item?: { readonly row?: FaultRow }) => this.#explain(item?.row?.id)),
      vscode.commands.registerCommand('refault.openFaultListing', (item?: { readonly row?: FaultRow }) => this.#openListing(item?.row?.id)),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const text = this.#texts.get(uri.path) ?? this.#listed.get(uri.path);
    if (text !== undefined) return text;
    if (uri.path.startsWith('/docs/')) return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.#extension, uri.path)));
    return vscode.l10n.t('This page was made for a program that is not known any more. Run the program again and explain the fault anew.');
  }

  /** Explains a fault by its number, or else the newest. */
  async #explain(id: number | undefined): Promise<void> {
    const followed = this.#followed.current;
    if (!followed) {
      await vscode.window.showInformationMessage(vscode.l10n.t('There is no page fault to explain: run a Cell program first.'));
      return;
    }
    const fault = await faultOf(followed.records, id);
    if (!fault) {
      await vscode.window.showInformationMessage(followed.ended
        ? vscode.l10n.t('{0} had no page fault to explain.', followed.title)
        : vscode.l10n.t('{0} has had no page fault yet. Continue, or stop on faults by their outcomes in the Breakpoints view.', followed.title));
      return;
    }
    const uri = await this.#make(followed.title, followed.records, fault);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  async #make(program: string, records: Records, row: FaultRow): Promise<vscode.Uri> {
    const { kernel, choice } = await records.status();
    const profile = profileOf(choice);
    const text = faultPage({ row, profile }, {
      program,
      profiles: PROFILES,
      listed: this.#listedIn(profile),
      fact: (section) => `${FACTS_PAGE}${factAnchor(section)}`,
    }, vscode.l10n);
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${vscode.l10n.t('Fault {0} of {1} ({2})', row.id, program, kernel).replaceAll('/', ' ')}.md` });
    this.#keep(uri.path, text);
    this.#changed.fire(uri);
    return uri;
  }

  /** Opens the listing at the last step of a fault's way that one shows: there its outcome was decided. */
  async #openListing(id: number | undefined): Promise<void> {
    const followed = this.#followed.current;
    const fault = followed && await faultOf(followed.records, id);
    if (!fault) {
      await vscode.window.showInformationMessage(vscode.l10n.t('There is no page fault whose listing could be shown: run a Cell program first.'));
      return;
    }
    const profile = profileOf((await followed.records.status()).choice);
    const listed = this.#listedIn(profile);
    const place = (fault.trail ?? []).map(({ path, step }) => listed(path, step)).findLast((step) => step !== undefined);
    if (!place) {
      await vscode.window.showInformationMessage(vscode.l10n.t('Fault {0} took no step that a listing shows.', fault.id));
      return;
    }
    const position = new vscode.Position(place.line - 1, 0);
    await vscode.window.showTextDocument(await this.#listingUri(decodeURI(place.address)), { selection: new vscode.Range(position, position), preview: true });
  }

  /** The program's own source while it lives, so that breakpoints can be set in it; else the listing that is kept here. */
  async #listingUri(place: string): Promise<vscode.Uri> {
    const session = this.#followed.current?.ended === false ? vscode.debug.activeDebugSession : undefined;
    const body = session?.type === DEBUG_TYPE ? await session.customRequest('loadedSources') as DebugProtocol.LoadedSourcesResponse['body'] : undefined;
    const source = body?.sources.find(({ path }) => path === place);
    return session && source ? vscode.debug.asDebugSourceUri(source, session) : vscode.Uri.from({ scheme: SCHEME, path: `/${place}` });
  }

  /** Finds steps in the listings of a kernel, and keeps those that it finds for who follows the address. */
  #listedIn(profile: Profile): PageSurroundings['listed'] {
    const listings = new KernelListings(profile);
    return (path, step) => {
      const name = pathName(path);
      if (name === undefined) return undefined;
      const listing = listings.listing(name);
      const line = listing.lineOfStep(step);
      if (line === undefined) return undefined;
      const place = listingPath(profile, name);
      this.#listed.set(`/${place}`, `${listing.lines.join('\n')}\n`);
      return { text: (listing.lines[line - 1] ?? '').trim(), line, address: encodeURI(place) };
    };
  }

  #keep(path: string, text: string): void {
    this.#texts.delete(path);
    this.#texts.set(path, text);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > KEPT_PAGES && oldest !== undefined) this.#texts.delete(oldest);
  }
}

export async function openGuide(): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.from({ scheme: SCHEME, path: '/docs/guide/README.md' }));
}

/** A session that ends while it is asked has no fault any more. */
async function faultOf(records: Records, id: number | undefined): Promise<FaultRow | undefined> {
  try {
    return id === undefined ? await records.newestFault() : await records.fault(id);
  } catch {
    return undefined;
  }
}
