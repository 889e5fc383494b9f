/** The view "Address space": addresses that were asked for, then the mappings of the selected thread with their pages. */
import * as vscode from 'vscode';
import { MAPPINGS_REQUEST, type MappingRow, type MappingsResponse, type PageRow, PAGES_REQUEST, type PagesArguments, type PagesResponse, TRANSLATE_REQUEST, type TranslateArguments, type TranslateResponse } from '../../../src/adapter/memoryProtocol.ts';
import type { Line } from '../contextText.ts';
import { DEBUG_TYPE, type FollowedSession } from '../followedSession.ts';
import { cut, type Range } from '../ranges.ts';
import { entryText, pteText, tlbText, translationLabel, translationLines, translationSummary } from './translationText.ts';

type Node =
  | { readonly kind: 'translation'; readonly asked: string; readonly found: TranslateResponse | string }
  | { readonly kind: 'step'; readonly line: Line; readonly of: string }
  | { readonly kind: 'mapping'; readonly row: MappingRow }
  | { readonly kind: 'range'; readonly mapping: MappingRow; readonly range: Range }
  | { readonly kind: 'page'; readonly row: PageRow };

const KEPT_TRANSLATIONS = 8;

export class AddressSpaceView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #followed: FollowedSession;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<Node>;
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Newest first: worked out again at every stop. */
  #asked: readonly string[] = [];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(followed: FollowedSession) {
    this.#followed = followed;
    this.#view = vscode.window.createTreeView('refault.addressSpace', { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = [
      this.#changed, this.#view,
      followed.onDidChange((change) => { if (typeof change === 'string') this.#changed.fire(undefined); }),
      vscode.commands.registerCommand('refault.translateAddress', (ea?: string) => this.#translate(ea)),
      vscode.commands.registerCommand('refault.viewReference', showMemory),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    const session = this.#session();
    if (!session) return [];
    try {
      switch (node?.kind) {
        case undefined: return await this.#roots(session);
        case 'translation': return typeof node.found === 'string' ? [] : translationLines(node.found).map((line) => ({ kind: 'step', line, of: node.asked }));
        case 'mapping': return await this.#pages(session, node.row, { start: 0, count: node.row.entries });
        case 'range': return await this.#pages(session, node.mapping, node.range);
        case 'step':
        case 'page': return [];
      }
    } catch {
      // The session ended while it was asked; its end brings the view up to date.
      return [];
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    switch (node.kind) {
      case 'translation': {
        const { asked, found } = node;
        return typeof found === 'string' ? item(`t ${asked}`, asked, found, 'error', None) : item(`t ${asked}`, translationLabel(found), translationSummary(found), 'arrow-right', Expanded);
      }
      case 'step': return item(`t ${node.of} ${node.line.key}`, node.line.label, node.line.value, undefined, None, node.line.memoryReference);
      case 'mapping': {
        const { start, end, access, name, handler, pages, entries, present, memoryReference } = node.row;
        const about = vscode.l10n.t('{0} {1}-{2}, {3} of {4} pages, {5}', access, start, end, present, pages, handler);
        return item(`m ${start}`, name, about, access.includes('x') ? 'symbol-method' : 'symbol-field', entries > 0 ? Collapsed : None, memoryReference);
      }
      case 'range': return item(`r ${node.mapping.start} ${node.range.start} ${node.range.count}`, vscode.l10n.t('Pages {0} to {1}', node.range.start + 1, node.range.start + node.range.count), '', undefined, Collapsed);
      case 'page': {
        const { ea, pte, entry, tlb, memoryReference } = node.row;
        const about = vscode.l10n.t('PTE {0}; HPTE {1}; TLB {2}', pteText(pte), entry ? entryText(entry) : vscode.l10n.t('none'), tlbText(tlb));
        return item(`p ${ea}`, ea, about, pte.isPresent ? 'circle-filled' : 'circle-outline', None, memoryReference);
      }
    }
  }

  async #roots(session: vscode.DebugSession): Promise<Node[]> {
    const { mappings, task } = await session.customRequest(MAPPINGS_REQUEST, this.#thread()) as MappingsResponse;
    const found = await Promise.all(this.#asked.map(async (asked): Promise<Node> => ({ kind: 'translation', asked, found: await this.#ask(session, asked) })));
    this.#view.description = task === undefined ? '' : vscode.l10n.t('task {0}', task);
    return [...found, ...mappings.map((row): Node => ({ kind: 'mapping', row }))];
  }

  async #pages(session: vscode.DebugSession, mapping: MappingRow, range: Range): Promise<Node[]> {
    const parts = cut(range);
    if (parts) return parts.map((part) => ({ kind: 'range', mapping, range: part }));
    const wish: PagesArguments = { mapping: mapping.start, ...range, ...this.#thread() };
    const { pages } = await session.customRequest(PAGES_REQUEST, wish) as PagesResponse;
    return pages.map((row) => ({ kind: 'page', row }));
  }

  /** A sentence where there is no translation. */
  async #ask(session: vscode.DebugSession, ea: string): Promise<TranslateResponse | string> {
    const wish: TranslateArguments = { ea, ...this.#thread() };
    try {
      return await session.customRequest(TRANSLATE_REQUEST, wish) as TranslateResponse;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async #translate(given: string | undefined): Promise<void> {
    const ea = given ?? await vscode.window.showInputBox({
      title: vscode.l10n.t('Translate Address'), prompt: vscode.l10n.t('An effective address, or an expression that has one: 0x10010000, $r1, buffer'),
    });
    if (ea === undefined || ea.trim() === '') return;
    this.#asked = [ea.trim(), ...this.#asked.filter((asked) => asked !== ea.trim())].slice(0, KEPT_TRANSLATIONS);
    await vscode.commands.executeCommand('refault.addressSpace.focus');
    this.#changed.fire(undefined);
  }

  #session(): vscode.DebugSession | undefined {
    const session = vscode.debug.activeDebugSession;
    return session?.type === DEBUG_TYPE && this.#followed.current?.ended === false ? session : undefined;
  }

  #thread(): { readonly threadId?: number } {
    const { threadId } = this.#followed;
    return threadId === undefined ? {} : { threadId };
  }
}

/** Of a row of any view that points to memory; without a row, as from a key, the address is asked for. */
async function showMemory(node?: { readonly row?: { readonly memoryReference?: string }; readonly line?: { readonly memoryReference?: string } }): Promise<void> {
  const reference = node?.row?.memoryReference ?? node?.line?.memoryReference;
  await vscode.commands.executeCommand('refault.showMemory', reference);
}

function item(id: string, label: string, about: string, icon: string | undefined, state: vscode.TreeItemCollapsibleState, reference?: string): vscode.TreeItem {
  const made = new vscode.TreeItem(label, state);
  made.id = id;
  made.description = about;
  made.tooltip = `${label}: ${about}`;
  made.accessibilityInformation = { label: `${label}: ${about}` };
  if (icon !== undefined) made.iconPath = new vscode.ThemeIcon(icon);
  if (reference !== undefined) made.contextValue = 'memory';
  return made;
}
