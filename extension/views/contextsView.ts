/** The view "SPE contexts": every context with what its hardware holds and who waits for it. */
import * as vscode from 'vscode';
import { CONTEXT_REQUEST, type ContextArguments, type ContextDetails, type ContextRow, type RegisterFormat } from '../../src/adapter/protocol.ts';
import { ChangeMarks } from './changeMarks.ts';
import { detailLines } from './contextDetailLines.ts';
import { type Line, contextLines, contextSummary } from './contextText.ts';
import { DEBUG_TYPE, type FollowedSession } from './followedSession.ts';
import { chooseRegisterFormat } from './registerFormat.ts';
import { viewMessage } from './viewMessage.ts';

type Node =
  | { readonly kind: 'context'; readonly row: ContextRow }
  | { readonly kind: 'line'; readonly path: string; readonly line: Line; readonly parent: Node };

export class ContextsView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #session: FollowedSession;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<Node>;
  readonly #subscriptions: vscode.Disposable[];
  readonly #marks = new ChangeMarks();
  #format: RegisterFormat = { lanes: 'words', decimal: false };
  #shown = false;
  /** A thread was selected while the view was not in sight. */
  #isBehind = false;
  #program = 0;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(session: FollowedSession) {
    this.#session = session;
    this.#view = vscode.window.createTreeView('refault.contexts', { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = [this.#changed, this.#view, this.#view.onDidChangeVisibility(() => { if (this.#isBehind) void this.#unfoldSelected(); }), session.onDidChange((change) => {
      if (session.program !== this.#program) {
        this.#program = session.program;
        this.#marks.forget();
      }
      if (change === 'stopped' || change === 'stopped on a fault') this.#marks.nextStop();
      if (typeof change === 'string' || change.contexts) this.#changed.fire(undefined);
      if (change === 'stopped on a fault') void this.#showOnce();
      if (change === 'selected') void this.#unfoldSelected();
    }), vscode.commands.registerCommand('refault.registerFormat', () => this.#chooseFormat())];
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node?.kind === 'context') return (await this.#linesOf(node.row)).map((line) => ({ kind: 'line', path: node.row.name, line, parent: node }));
    if (node) return (node.line.children ?? []).map((line) => ({ kind: 'line', path: `${node.path}/${node.line.key}`, line, parent: node }));
    const followed = this.#session.current;
    if (!followed) return [];
    try {
      const { contexts } = await followed.records.contexts();
      this.#view.message = viewMessage(contexts.length, followed.ended, {
        soFar: vscode.l10n.t('The program has made no SPE context so far.'), ever: vscode.l10n.t('The program has ended. It made no SPE context.'),
      });
      return contexts.map((row) => ({ kind: 'context', row }));
    } catch {
      // The session ended while it was asked; its end brings the view up to date.
      return [];
    }
  }

  getParent(node: Node): Node | undefined {
    return node.kind === 'line' ? node.parent : undefined;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === 'context' ? this.#contextItem(node.row) : lineItem(node.path, node.line, this.#marks.isChanged(`${node.path}/${node.line.key}`, node.line.value));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Only a context that is open is asked for everything. */
  async #linesOf(row: ContextRow): Promise<readonly Line[]> {
    const session = vscode.debug.activeDebugSession;
    if (row.state === 'DESTROYED' || this.#session.current?.ended !== false || session?.type !== DEBUG_TYPE) return contextLines(row);
    const wish: ContextArguments = { name: row.name, ...this.#format };
    try {
      return [...contextLines(row), ...detailLines(await session.customRequest(CONTEXT_REQUEST, wish) as ContextDetails)];
    } catch {
      // It was destroyed meanwhile, or the session has ended.
      return contextLines(row);
    }
  }

  async #chooseFormat(): Promise<void> {
    const format = await chooseRegisterFormat(this.#format);
    if (!format) return;
    this.#format = format;
    this.#marks.forget();
    this.#changed.fire(undefined);
  }

  /** Opens the view when there is first something in it; from then on it stays as the user leaves it. */
  async #showOnce(): Promise<void> {
    if (this.#shown) return;
    const [first] = await this.getChildren();
    if (!first) return;
    this.#shown = true;
    await this.#view.reveal(first, { select: false, focus: false });
  }

  /** The context whose thread has been selected is what the user wants to look at; a view that is not in sight stays so, and unfolds it when it comes. */
  async #unfoldSelected(): Promise<void> {
    const { threadId } = this.#session;
    this.#isBehind = !this.#view.visible;
    if (threadId === undefined || this.#isBehind) return;
    const selected = (await this.getChildren()).find((node) => node.kind === 'context' && node.row.threadId === threadId);
    if (selected) await this.#view.reveal(selected, { expand: true, select: false, focus: false });
  }

  #contextItem(row: ContextRow): vscode.TreeItem {
    const selected = row.threadId !== undefined && row.threadId === this.#session.threadId;
    const item = new vscode.TreeItem(row.name, vscode.TreeItemCollapsibleState.Collapsed);
    item.id = row.name;
    item.description = contextSummary(row);
    item.iconPath = new vscode.ThemeIcon(selected ? 'debug-stackframe-focused' : row.spe === undefined ? 'archive' : 'chip');
    item.accessibilityInformation = { label: vscode.l10n.t('SPE context {0}, {1}', row.name, contextSummary(row)) };
    return item;
  }
}

function lineItem(path: string, line: Line, isChanged: boolean): vscode.TreeItem {
  const inner = (line.children?.length ?? 0) > 0;
  const item = new vscode.TreeItem(isChanged ? { label: line.label, highlights: [[0, line.label.length]] } : line.label, inner ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
  item.id = `${path}/${line.key}`;
  item.description = line.value;
  item.tooltip = `${line.label}: ${line.value}`;
  item.accessibilityInformation = { label: isChanged ? vscode.l10n.t('{0}: {1}, changed', line.label, line.value) : `${line.label}: ${line.value}` };
  if (line.memoryReference !== undefined) item.contextValue = 'memory';
  if (line.icon !== undefined) item.iconPath = new vscode.ThemeIcon(line.icon);
  return item;
}
