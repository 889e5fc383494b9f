/** Files as the assembler finds them: as the editor has them where they are open, else as they lie in the workspace's file system. */
import * as vscode from 'vscode';

export class FileTexts implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  /** What has been read; undefined for a file that cannot be. */
  readonly #read = new Map<string, Uint8Array | undefined>();
  readonly #changes = new Map<string, number>();
  readonly #watchers = new Map<string, vscode.Disposable>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor() {
    const { workspace } = vscode;
    this.#subscriptions = [
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => { if (contentChanges.length > 0) this.#changed.fire(document.uri); }),
      workspace.onDidOpenTextDocument(({ uri }) => { this.#changed.fire(uri); }),
      // What an editor had and did not save is gone with it.
      workspace.onDidCloseTextDocument(({ uri }) => { this.changed(uri); }),
    ];
  }

  dispose(): void {
    for (const subscription of [...this.#subscriptions, ...this.#watchers.values()]) subscription.dispose();
    this.#changed.dispose();
  }

  /** What a file says now; undefined where it cannot be read, or has not been yet. */
  text(uri: vscode.Uri): string | undefined {
    return documentAt(uri)?.getText() ?? decoded(this.bytes(uri));
  }

  hasText(uri: vscode.Uri): boolean {
    return documentAt(uri) !== undefined || this.hasBytes(uri);
  }

  /** The file that lies there, whatever an editor has. */
  bytes(uri: vscode.Uri): Uint8Array | undefined {
    return this.#read.get(uri.toString());
  }

  hasBytes(uri: vscode.Uri): boolean {
    return this.#read.has(uri.toString());
  }

  /** Reads a file, and from then on tells when it changes. */
  async read(uri: vscode.Uri): Promise<void> {
    this.#watch(uri);
    const key = uri.toString();
    const before = this.#changes.get(key);
    const bytes = await contents(uri);
    // A change on the way has dropped what was read before it, and its reader comes again.
    if (this.#changes.get(key) === before) this.#read.set(key, bytes);
  }

  /** The text of a file that is not kept here. */
  async readOnce(uri: vscode.Uri): Promise<string | undefined> {
    return this.hasText(uri) ? this.text(uri) : decoded(await contents(uri));
  }

  /** Differs where the text differs. */
  stamp(uri: vscode.Uri): string {
    return `${String(this.#changes.get(uri.toString()) ?? 0)} ${String(documentAt(uri)?.version ?? '')}`;
  }

  /** Says that a file may not be what it was. */
  changed(uri: vscode.Uri): void {
    const key = uri.toString();
    this.#read.delete(key);
    this.#changes.set(key, (this.#changes.get(key) ?? 0) + 1);
    this.#changed.fire(uri);
  }

  /** A folder at a time: included files come from few. */
  #watch(uri: vscode.Uri): void {
    const folder = vscode.Uri.joinPath(uri, '..');
    const key = folder.toString();
    if (this.#watchers.has(key)) return;
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*'));
    const changed = (changedUri: vscode.Uri): void => { if (this.#read.has(changedUri.toString())) this.changed(changedUri); };
    this.#watchers.set(key, vscode.Disposable.from(watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed), watcher.onDidDelete(changed)));
  }
}

function documentAt(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key && !document.isClosed);
}

async function contents(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}

function decoded(bytes: Uint8Array | undefined): string | undefined {
  return bytes && new TextDecoder().decode(bytes);
}
