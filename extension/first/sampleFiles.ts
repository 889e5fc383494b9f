/** The examples in memory, for those who want nothing written anywhere. What is changed is gone when the window is. */
import * as vscode from 'vscode';

const SCHEME = 'refault-samples';
export const SAMPLES_ROOT = vscode.Uri.from({ scheme: SCHEME, authority: 'memory', path: '/refault-examples' });

type Entry =
  | { readonly kind: 'folder'; readonly made: number }
  | { readonly kind: 'file'; readonly made: number; readonly changed: number; readonly content: Uint8Array };

export class SampleFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #entries = new Map<string, Entry>([['/', { kind: 'folder', made: 0 }]]);
  readonly #load: () => Promise<ReadonlyMap<string, Uint8Array>>;
  #loading: Promise<void> | undefined;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly onDidChangeFile = this.#changed.event;
  #time = 0;

  /** @param load what is there at first: contents by path below the root. Called when somebody looks. */
  constructor(load: () => Promise<ReadonlyMap<string, Uint8Array>>) {
    this.#load = load;
    this.#subscriptions = [this.#changed, vscode.workspace.registerFileSystemProvider(SCHEME, this, { isCaseSensitive: true })];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Everything changes through this provider alone, which says so itself. */
  watch(): vscode.Disposable {
    return { dispose: () => undefined };
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const entry = await this.#entry(uri);
    return entry.kind === 'folder'
      ? { type: vscode.FileType.Directory, ctime: entry.made, mtime: entry.made, size: 0 }
      : { type: vscode.FileType.File, ctime: entry.made, mtime: entry.changed, size: entry.content.length };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    if ((await this.#entry(uri)).kind !== 'folder') throw vscode.FileSystemError.FileNotADirectory(uri);
    const prefix = uri.path === '/' ? '/' : `${uri.path}/`;
    return [...this.#entries].flatMap(([path, { kind }]): [string, vscode.FileType][] => {
      const name = path.slice(prefix.length);
      if (!path.startsWith(prefix) || name === '' || name.includes('/')) return [];
      return [[name, kind === 'folder' ? vscode.FileType.Directory : vscode.FileType.File]];
    });
  }

  createDirectory(uri: vscode.Uri): void {
    const parts = uri.path.split('/').filter((part) => part !== '');
    parts.forEach((_, index) => {
      const path = `/${parts.slice(0, index + 1).join('/')}`;
      if (!this.#entries.has(path)) this.#set(uri.with({ path }), { kind: 'folder', made: ++this.#time });
    });
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const entry = await this.#entry(uri);
    if (entry.kind === 'folder') throw vscode.FileSystemError.FileIsADirectory(uri);
    return entry.content;
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array, { create, overwrite }: { readonly create: boolean; readonly overwrite: boolean }): Promise<void> {
    await this.#loaded();
    const old = this.#entries.get(uri.path);
    if (old?.kind === 'folder') throw vscode.FileSystemError.FileIsADirectory(uri);
    if (!old && !create) throw vscode.FileSystemError.FileNotFound(uri);
    if (old && create && !overwrite) throw vscode.FileSystemError.FileExists(uri);
    const parent = uri.with({ path: uri.path.slice(0, uri.path.lastIndexOf('/')) || '/' });
    if ((await this.#entry(parent)).kind !== 'folder') throw vscode.FileSystemError.FileNotADirectory(parent);
    this.#set(uri, { kind: 'file', made: old?.made ?? ++this.#time, changed: ++this.#time, content });
  }

  async delete(uri: vscode.Uri): Promise<void> {
    await this.#entry(uri);
    for (const path of this.#inside(uri)) this.#entries.delete(path);
    this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  async rename(from: vscode.Uri, to: vscode.Uri, { overwrite }: { readonly overwrite: boolean }): Promise<void> {
    await this.#entry(from);
    if (this.#entries.has(to.path)) {
      if (!overwrite) throw vscode.FileSystemError.FileExists(to);
      await this.delete(to);
    }
    for (const path of this.#inside(from)) {
      const entry = this.#entries.get(path);
      this.#entries.delete(path);
      if (entry) this.#entries.set(to.path + path.slice(from.path.length), entry);
    }
    this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri: from }, { type: vscode.FileChangeType.Created, uri: to }]);
  }

  async #entry(uri: vscode.Uri): Promise<Entry> {
    await this.#loaded();
    const entry = this.#entries.get(uri.path.length > 1 ? uri.path.replace(/\/$/, '') : uri.path);
    if (!entry) throw vscode.FileSystemError.FileNotFound(uri);
    return entry;
  }

  async #loaded(): Promise<void> {
    this.#loading ??= this.#load().then((files) => {
      for (const [path, content] of files) {
        const uri = vscode.Uri.joinPath(SAMPLES_ROOT, path);
        this.createDirectory(vscode.Uri.joinPath(uri, '..'));
        this.#set(uri, { kind: 'file', made: ++this.#time, changed: this.#time, content });
      }
    });
    await this.#loading;
  }

  /** The entry itself, and what is in it. */
  #inside({ path }: vscode.Uri): readonly string[] {
    return [...this.#entries.keys()].filter((inner) => inner === path || inner.startsWith(`${path}/`));
  }

  #set(uri: vscode.Uri, entry: Entry): void {
    const type = this.#entries.has(uri.path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    this.#entries.set(uri.path, entry);
    this.#changed.fire([{ type, uri }]);
  }
}
