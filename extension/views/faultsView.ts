/** The view "Page Faults": newest first, filtered and grouped as the user has chosen; a click goes to the source line. */
import * as vscode from 'vscode';
import type { FaultFilter, FaultGroupRow, FaultRow } from '../../src/adapter/protocol.ts';
import { uriOf } from '../debug/hostFiles.ts';
import { FaultChoices, filterText } from './faultChoices.ts';
import { exportFaults } from './faultExport.ts';
import { placeOfFault } from './faultPlace.ts';
import { faultDescription, faultLabel, faultTooltip, groupDescription, groupLabel, outcomeIcon } from './faultText.ts';
import type { FollowedSession } from './followedSession.ts';
import { MOST_CHILDREN, type Range, cut } from './ranges.ts';
import { viewMessage } from './viewMessage.ts';

type Node = FaultNode | Branch;
type Branch = GroupNode | RangeNode;

interface FaultNode {
  readonly kind: 'fault';
  readonly row: FaultRow;
  readonly parent: Branch | undefined;
}

interface GroupNode {
  readonly kind: 'group';
  readonly group: FaultGroupRow;
  /** Its newest fault. */
  readonly row: FaultRow;
  readonly parent: Branch | undefined;
}

interface RangeNode {
  readonly kind: 'range';
  readonly of: 'faults' | 'groups';
  readonly range: Range;
  readonly parent: Branch | undefined;
}

/** What is asked for of all faults. */
interface Narrowing {
  readonly threadId?: number;
  readonly filter?: FaultFilter;
}

export class FaultsView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #session: FollowedSession;
  readonly #choices: FaultChoices;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<Node>;
  readonly #subscriptions: vscode.Disposable[];
  #shown = false;
  #onlySelectedThread = false;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(session: FollowedSession, state: vscode.Memento) {
    this.#session = session;
    this.#choices = new FaultChoices(state);
    this.#view = vscode.window.createTreeView('refault.faults', { treeDataProvider: this, showCollapseAll: true });
    const { registerCommand } = vscode.commands;
    this.#subscriptions = [
      this.#changed,
      this.#choices,
      this.#view,
      session.onDidChange((change) => {
        if (typeof change === 'string' || change.faults) this.#changed.fire(undefined);
        if (change === 'stopped on a fault') void this.#showNewest();
      }),
      this.#choices.onDidChange(() => { this.#changed.fire(undefined); }),
      registerCommand('refault.openFault', openFault),
      registerCommand('refault.onlySelectedThread', () => this.#selectThread(true)),
      registerCommand('refault.allThreads', () => this.#selectThread(false)),
      registerCommand('refault.filterFaults', () => this.#choices.chooseFilter(session.current?.records)),
      registerCommand('refault.clearFaultFilter', () => this.#choices.clearFilter()),
      registerCommand('refault.groupFaults', () => this.#choices.chooseGrouping()),
      registerCommand('refault.exportFaults', () => exportFaults(session.current, this.#narrowing())),
    ];
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node?.kind === 'fault' || !this.#session.current) return [];
    try {
      if (node?.kind === 'group') return await this.#faults({ start: 0, count: node.group.faults }, node);
      if (node) return await (node.of === 'faults' ? this.#faults(node.range, node) : this.#groups(node.range, node));
      const total = await this.#describe();
      return await (this.#choices.grouping === 'none' ? this.#faults({ start: 0, count: total }, undefined) : this.#groups(undefined, undefined));
    } catch {
      // The session ended while it was asked; its end brings the view up to date.
      return [];
    }
  }

  getParent(node: Node): Branch | undefined {
    return node.parent;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'fault': return faultItem(node);
      case 'group': return groupItem(node);
      case 'range': return rangeItem(node);
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Selects a fault, where the view is open and shows it in its list: within groups it does not look. */
  async select({ id }: FaultRow): Promise<void> {
    const records = this.#session.current?.records;
    if (!records || !this.#view.visible || this.#choices.grouping !== 'none') return;
    const place = await placeOfFault(id, records, this.#narrowing());
    if (place === undefined) return;
    let nodes = await this.getChildren();
    let branch = nodes.find((node) => isAround(node, place));
    while (branch) {
      nodes = await this.getChildren(branch);
      branch = nodes.find((node) => isAround(node, place));
    }
    const found = nodes.find((node) => node.kind === 'fault' && node.row.id === id);
    if (found) await this.#view.reveal(found, { select: true, focus: false });
  }

  /** Says above the rows how many faults there are and what is left out; the answer is how many are shown. */
  async #describe(): Promise<number> {
    const followed = this.#session.current;
    if (!followed) return 0;
    const { threadId, filter } = this.#narrowing();
    const totalOf = async (narrowing: Narrowing): Promise<number> => (await followed.records.faults({ start: 0, count: 0, ...narrowing })).total;
    const all = await totalOf(threadId === undefined ? {} : { threadId });
    const shown = filter ? await totalOf(this.#narrowing()) : all;
    const message = viewMessage(all, followed.ended, { soFar: vscode.l10n.t('No page fault so far.'), ever: vscode.l10n.t('The program has ended. It had no page fault.') });
    this.#view.description = filter ? vscode.l10n.t('{0} of {1} in {2}', shown, all, followed.title) : vscode.l10n.t('{0} in {1}', all, followed.title);
    this.#view.message = filter ? `${vscode.l10n.t('Filtered by {0}: {1} of {2} faults are not shown.', filterText(filter), all - shown, all)} ${message}`.trim() : message;
    return shown;
  }

  async #faults(range: Range, parent: Branch | undefined): Promise<Node[]> {
    const pieces = cut(range);
    if (pieces) return pieces.map((piece) => ({ kind: 'range', of: 'faults', range: piece, parent }));
    if (range.count === 0) return [];
    const page = await this.#session.current?.records.faults({ ...range, ...this.#narrowing(groupOf(parent)) });
    return (page?.faults ?? []).map((row) => ({ kind: 'fault', row, parent }));
  }

  /** Groups of a range, or as many as there are. */
  async #groups(range: Range | undefined, parent: Branch | undefined): Promise<Node[]> {
    const { grouping } = this.#choices;
    if (grouping === 'none') return [];
    const pieces = range && cut(range);
    if (pieces) return pieces.map((piece) => ({ kind: 'range', of: 'groups', range: piece, parent }));
    const page = await this.#session.current?.records.faultGroups({ groupBy: grouping, ...(range ?? { start: 0, count: MOST_CHILDREN }), ...this.#narrowing() });
    if (!page) return [];
    if (!range && page.total > MOST_CHILDREN) return await this.#groups({ start: 0, count: page.total }, parent);
    return page.groups.map((group) => ({ kind: 'group', group, row: group.newest, parent }));
  }

  /** What the user has chosen, and within that the faults of a group. */
  #narrowing(group?: FaultGroupRow): Narrowing {
    const { threadId } = this.#session;
    const chosen = this.#choices.filter;
    return {
      ...(this.#onlySelectedThread && threadId !== undefined ? { threadId } : {}),
      ...(chosen || group ? { filter: { ...chosen, ...group?.filter } } : {}),
    };
  }

  async #selectThread(onlySelectedThread: boolean): Promise<void> {
    this.#onlySelectedThread = onlySelectedThread;
    await vscode.commands.executeCommand('setContext', 'refault.onlySelectedThread', onlySelectedThread);
    this.#changed.fire(undefined);
  }

  /** Selects the fault that the program has stopped on, where it is shown. A view that the user has closed stays closed, but for the first time. */
  async #showNewest(): Promise<void> {
    if (this.#shown && !this.#view.visible) return;
    this.#shown = true;
    let [node] = await this.getChildren();
    while (node && node.kind !== 'fault') [node] = await this.getChildren(node);
    if (!node) return;
    const newest = this.#choices.filter ? await this.#session.current?.records.newestFault() : node.row;
    if (node.row.id === newest?.id) await this.#view.reveal(node, { select: true, focus: false });
  }
}

function isAround(node: Node, place: number): boolean {
  return node.kind === 'range' && node.range.start <= place && place < node.range.start + node.range.count;
}

function groupOf(node: Branch | undefined): FaultGroupRow | undefined {
  let branch = node;
  while (branch?.kind === 'range') branch = branch.parent;
  return branch?.group;
}

function faultItem(node: FaultNode): vscode.TreeItem {
  const { row } = node;
  const item = new vscode.TreeItem(faultLabel(row));
  item.id = `fault ${row.id}`;
  item.iconPath = outcomeIcon(row);
  item.description = faultDescription(row);
  item.tooltip = faultTooltip(row);
  item.accessibilityInformation = { label: `${faultLabel(row)}, ${faultDescription(row)}` };
  item.contextValue = row.source ? 'faultWithSource' : 'fault';
  item.command = { command: 'refault.openFault', title: vscode.l10n.t('Go to the instruction'), arguments: [node] };
  return item;
}

function groupItem({ group, row }: GroupNode): vscode.TreeItem {
  const item = new vscode.TreeItem(groupLabel(group), vscode.TreeItemCollapsibleState.Collapsed);
  const { instruction } = group.filter;
  item.id = groupId(group);
  item.iconPath = new vscode.ThemeIcon(instruction ? 'symbol-method' : 'map');
  item.description = groupDescription(group);
  item.tooltip = instruction ? `${row.pc} ${row.source?.name ?? ''}${row.line === undefined ? '' : `:${row.line}`}`.trim() : groupLabel(group);
  item.accessibilityInformation = { label: `${groupLabel(group)}, ${groupDescription(group)}` };
  item.contextValue = instruction && row.source ? 'groupWithSource' : 'group';
  return item;
}

function rangeItem({ of, range, parent }: RangeNode): vscode.TreeItem {
  const newest = range.start === 0;
  const state = newest ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
  const item = new vscode.TreeItem(of === 'faults' ? faultsLabel(range) : vscode.l10n.t('Groups {0} to {1}', range.start + 1, range.start + range.count), state);
  const group = groupOf(parent);
  item.id = `${of} ${range.start} ${range.count}${group ? ` of ${groupId(group)}` : ''}`;
  return item;
}

function faultsLabel({ start, count }: Range): string {
  return start === 0 ? vscode.l10n.t('The newest {0}', count) : vscode.l10n.t('{0} to {1} faults ago', start + 1, start + count);
}

function groupId({ filter }: FaultGroupRow): string {
  return `group ${JSON.stringify(filter)}`;
}

/** @param node A row of the view: a fault, or a group by its newest fault. */
async function openFault(node?: { readonly row?: FaultRow }): Promise<void> {
  if (!node?.row) return;
  const { source, line, symbol, pc } = node.row;
  if (source?.path === undefined || line === undefined) {
    await vscode.window.showInformationMessage(vscode.l10n.t('The instruction at {0} has no source line: its program has no line table for it.', symbol ?? pc));
    return;
  }
  const position = new vscode.Position(line - 1, 0);
  await vscode.window.showTextDocument(uriOf(source.path), { selection: new vscode.Range(position, position), preserveFocus: true });
}
