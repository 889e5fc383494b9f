/** The view "Page faults": newest first, one row a fault; a click goes to the source line. */
import * as vscode from 'vscode';
import type { FaultRow } from '../../src/adapter/protocol.ts';
import { uriOf } from '../debug/hostFiles.ts';
import { faultDescription, faultLabel, faultTooltip, outcomeIcon } from './faultText.ts';
import type { FollowedSession } from './followedSession.ts';
import { type Range, cut } from './ranges.ts';
import { viewMessage } from './viewMessage.ts';

type Node =
  | { readonly kind: 'fault'; readonly row: FaultRow; readonly parent: RangeNode | undefined }
  | RangeNode;

interface RangeNode {
  readonly kind: 'range';
  readonly range: Range;
  readonly parent: RangeNode | undefined;
}

export class FaultsView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #session: FollowedSession;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<Node>;
  readonly #subscriptions: vscode.Disposable[];
  #shown = false;
  #onlySelectedThread = false;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(session: FollowedSession) {
    this.#session = session;
    this.#view = vscode.window.createTreeView('refault.faults', { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = [
      this.#changed,
      this.#view,
      session.onDidChange((change) => {
        if (typeof change === 'string' || change.faults) this.#changed.fire(undefined);
        if (change === 'stopped on a fault') void this.#showNewest();
      }),
      vscode.commands.registerCommand('refault.openFault', openFault),
      vscode.commands.registerCommand('refault.onlySelectedThread', () => this.#filter(true)),
      vscode.commands.registerCommand('refault.allThreads', () => this.#filter(false)),
    ];
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node?.kind === 'fault') return [];
    const followed = this.#session.current;
    if (!followed) return [];
    try {
      if (node) return await this.#nodesOf(node.range, node);
      const { total } = await followed.records.faults({ start: 0, count: 0, ...this.#thread() });
      this.#view.description = vscode.l10n.t('{0} in {1}', total, followed.title);
      this.#view.message = viewMessage(total, followed.ended, vscode.l10n.t('No page fault so far.'));
      return await this.#nodesOf({ start: 0, count: total }, undefined);
    } catch {
      // The session ended while it was asked; its end brings the view up to date.
      return [];
    }
  }

  getParent(node: Node): RangeNode | undefined {
    return node.parent;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === 'fault' ? faultItem(node.row) : rangeItem(node);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #nodesOf(range: Range, parent: RangeNode | undefined): Promise<Node[]> {
    const pieces = cut(range);
    if (pieces) return pieces.map((piece) => ({ kind: 'range', range: piece, parent }));
    if (range.count === 0) return [];
    const page = await this.#session.current?.records.faults({ ...range, ...this.#thread() });
    return (page?.faults ?? []).map((row) => ({ kind: 'fault', row, parent }));
  }

  #thread(): { readonly threadId?: number } {
    const { threadId } = this.#session;
    return this.#onlySelectedThread && threadId !== undefined ? { threadId } : {};
  }

  async #filter(onlySelectedThread: boolean): Promise<void> {
    this.#onlySelectedThread = onlySelectedThread;
    await vscode.commands.executeCommand('setContext', 'refault.onlySelectedThread', onlySelectedThread);
    this.#changed.fire(undefined);
  }

  /** Selects the fault that the program has stopped on. A view that the user has closed stays closed, but for the first time. */
  async #showNewest(): Promise<void> {
    if (this.#shown && !this.#view.visible) return;
    this.#shown = true;
    let [node] = await this.getChildren();
    while (node?.kind === 'range') [node] = await this.getChildren(node);
    if (node) await this.#view.reveal(node, { select: true, focus: false });
  }
}

function faultItem(row: FaultRow): vscode.TreeItem {
  const item = new vscode.TreeItem(faultLabel(row));
  item.id = `fault ${row.id}`;
  item.iconPath = outcomeIcon(row);
  item.description = faultDescription(row);
  item.tooltip = faultTooltip(row);
  item.accessibilityInformation = { label: `${faultLabel(row)}, ${faultDescription(row)}` };
  item.contextValue = row.source ? 'faultWithSource' : 'fault';
  item.command = { command: 'refault.openFault', title: vscode.l10n.t('Go to the instruction'), arguments: [row] };
  return item;
}

function rangeItem({ range }: RangeNode): vscode.TreeItem {
  const newest = range.start === 0;
  const state = newest ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
  const label = newest ? vscode.l10n.t('The newest {0}', range.count) : vscode.l10n.t('{0} to {1} faults ago', range.start + 1, range.start + range.count);
  const item = new vscode.TreeItem(label, state);
  item.id = `range ${range.start} ${range.count}`;
  return item;
}

async function openFault(row: FaultRow): Promise<void> {
  const { source, line } = row;
  if (source?.path === undefined || line === undefined) {
    await vscode.window.showInformationMessage(vscode.l10n.t('The instruction at {0} has no source line: its program has no line table for it.', row.symbol ?? row.pc));
    return;
  }
  const position = new vscode.Position(line - 1, 0);
  await vscode.window.showTextDocument(uriOf(source.path), { selection: new vscode.Range(position, position), preserveFocus: true });
}
