/** The assembly sources of the workspace and the files that they include: what each defines, and which programs it is part of. */
import * as vscode from 'vscode';
import type { SourceOutline } from '../../src/language/sourceOutline.ts';
import { IncludeGraph, SourceLinks, sourceOutline, spuProgramKey, spuProgramUses } from '../core.ts';
import type { FileTexts } from './fileTexts.ts';
import { includedUri } from './included.ts';
import { isSource } from './language.ts';

const SOURCES = '**/*.{s,S}';
/** Sources beyond these are found when they are opened, or included. */
const MOST_SOURCES = 2000;
/** Files that are read at a time. */
const AT_ONCE = 16;

export interface IndexedFile {
  readonly uri: vscode.Uri;
  readonly outline: SourceOutline;
}

export class SourceIndex implements vscode.Disposable {
  readonly #files = new Map<string, IndexedFile>();
  readonly #graph = new IncludeGraph();
  #links: SourceLinks | undefined;
  /** Files to be read, or read again. */
  readonly #waiting = new Map<string, vscode.Uri>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #found: Promise<void> | undefined;
  #updating: Promise<void> | undefined;

  constructor(private readonly texts: FileTexts) {
    const watcher = vscode.workspace.createFileSystemWatcher(SOURCES);
    this.#subscriptions = [
      watcher,
      watcher.onDidCreate((uri) => { this.#add(uri); texts.changed(uri); }),
      watcher.onDidChange((uri) => { texts.changed(uri); }),
      watcher.onDidDelete((uri) => { texts.changed(uri); }),
      texts.onDidChange((uri) => { if (this.has(uri)) this.#add(uri); }),
      vscode.workspace.onDidOpenTextDocument((document) => { this.#addSource(document); }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => { this.#found = undefined; }),
    ];
    for (const document of vscode.workspace.textDocuments) this.#addSource(document);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Reads what has changed. Several callers wait for the same reading. */
  async update(): Promise<void> {
    this.#found ??= this.#find();
    await this.#found;
    this.#updating ??= this.#readWaiting().finally(() => { this.#updating = undefined; });
    await this.#updating;
  }

  /** All files, as of the last update. */
  files(): Iterable<IndexedFile> {
    return this.#files.values();
  }

  /** Whether it is one of them, or they include it; or will be once it has been read. */
  has(uri: vscode.Uri): boolean {
    const key = uri.toString();
    return this.#graph.has(key) || this.#waiting.has(key);
  }

  /** Sources that are assembled with a file in them. */
  programsOf(uri: vscode.Uri): vscode.Uri[] {
    return this.#uris(this.#graph.programsOf(uri.toString()));
  }

  /** Those, and sources that take names from them or that they take names from. */
  linkedPrograms(uri: vscode.Uri): vscode.Uri[] {
    const programs = this.#graph.programsOf(uri.toString());
    const links = this.#sourceLinks();
    return this.#uris([...new Set([...programs, ...programs.flatMap((key) => links.neighbours(key))])]);
  }

  /** Those and all programs that share files or names with them, and with those, and so on. */
  relatedPrograms(uri: vscode.Uri): vscode.Uri[] {
    const links = this.#sourceLinks();
    const found = new Set(this.#graph.programsOf(uri.toString()));
    // A set goes on to what is added to it meanwhile.
    for (const key of found) for (const other of [...this.#graph.relatedPrograms(key), ...links.neighbours(key)]) found.add(other);
    return this.#uris([...found]);
  }

  /** Whether another source has the symbol that a source does not define; without a name, whether others take names from it. */
  isDefinedElsewhere(source: vscode.Uri, symbol: string | undefined): boolean {
    const links = this.#sourceLinks();
    const key = source.toString();
    return symbol === undefined ? links.isTakenFrom(key) : [symbol, ...programKeysIn(symbol)].some((name) => links.provider(key, name) !== undefined);
  }

  #sourceLinks(): SourceLinks {
    this.#links ??= new SourceLinks([...this.#files].flatMap(([key, { uri }]) => {
      if (!this.#graph.programsOf(key).includes(key)) return [];
      const outlines = [...this.#graph.filesOf(key)].flatMap((file) => this.#files.get(file)?.outline ?? []);
      const defined = new Set(outlines.flatMap(({ definitions }) => definitions.map(({ name }) => name)));
      const all = (names: (outline: SourceOutline) => Iterable<string>): string[] => outlines.flatMap((outline) => [...names(outline)]);
      const programs = new Set(all(({ spuPrograms }) => spuPrograms).map(spuProgramKey));
      return [{
        key, folder: vscode.Uri.joinPath(uri, '..').toString(),
        exports: new Set([...all(({ exports }) => exports).filter((name) => defined.has(name)), ...programs]),
        wants: new Set(all(({ uses }) => uses).filter((name) => !defined.has(name)).flatMap((name) => [name, ...programKeysIn(name)]).filter((name) => !programs.has(name))),
      }];
    }));
    return this.#links;
  }

  #uris(keys: readonly string[]): vscode.Uri[] {
    return keys.map((key) => this.#files.get(key)?.uri ?? vscode.Uri.parse(key, true));
  }

  async #find(): Promise<void> {
    for (const uri of await foundSources()) if (!this.#files.has(uri.toString())) this.#add(uri);
  }

  #add(uri: vscode.Uri): void {
    this.#waiting.set(uri.toString(), uri);
  }

  #addSource(document: vscode.TextDocument): void {
    if (isSource(document)) this.#add(document.uri);
  }

  async #readWaiting(): Promise<void> {
    while (this.#waiting.size > 0) {
      const some = [...this.#waiting].slice(0, AT_ONCE);
      for (const [key] of some) this.#waiting.delete(key);
      await Promise.all(some.map(([key, uri]) => this.#index(key, uri)));
    }
  }

  async #index(key: string, uri: vscode.Uri): Promise<void> {
    const text = await this.texts.readOnce(uri);
    this.#links = undefined;
    if (text === undefined) {
      this.#files.delete(key);
      this.#graph.delete(key);
      return;
    }
    const outline = sourceOutline(uri.path, text);
    const included = outline.includes.map((name) => includedUri(name, uri));
    this.#files.set(key, { uri, outline });
    this.#graph.set(key, included.map(String));
    for (const file of included) if (!this.#files.has(file.toString())) this.#add(file);
  }
}

function programKeysIn(name: string): string[] {
  return spuProgramUses(name).map(({ program }) => spuProgramKey(program));
}

async function foundSources(): Promise<readonly vscode.Uri[]> {
  try {
    return await vscode.workspace.findFiles(SOURCES, undefined, MOST_SOURCES);
  } catch {
    // A file system that cannot be searched has what is opened.
    return [];
  }
}
