/** Analyses of programs: each is assembled once, when something first asks, and again when one of its files has changed. */
import * as vscode from 'vscode';
import type { SourceResolver } from '../../src/sim/program/asm/state.ts';
import { newMnemonics, SourceAnalysis } from '../core.ts';
import { FileTexts } from './fileTexts.ts';
import { includedUri } from './included.ts';
import { SourceIndex } from './sourceIndex.ts';

type Asked = ReadonlyMap<string, { readonly uri: vscode.Uri; readonly stamp: string }>;

interface Kept {
  readonly analysis: SourceAnalysis;
  /** The files that it asked for, itself among them, with what they were. */
  readonly asked: Asked;
  readonly unread: readonly vscode.Uri[];
}

/** Programs beyond these are assembled anew. */
const MOST_KEPT = 64;

export class Analyses implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly texts = new FileTexts();
  readonly index = new SourceIndex(this.texts);
  /** A source, or a file that sources include, has another text. */
  readonly onDidChangeFile = this.changed.event;
  private mnemonics: ReturnType<typeof newMnemonics> | undefined;
  /** By source; the one that was asked for last comes last. */
  private readonly kept = new Map<string, Kept>();

  private readonly subscription = this.texts.onDidChange((uri) => {
    const isAskedFor = this.index.has(uri) || [...this.kept.values()].some(({ asked }) => asked.has(uri.toString()));
    if (isAskedFor) this.changed.fire(uri);
  });

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
    this.index.dispose();
    this.texts.dispose();
  }

  /** A document in its program, as far as files have been read. */
  of({ uri }: vscode.TextDocument): SourceAnalysis {
    const sources = this.index.programsOf(uri).filter((source) => this.texts.hasText(source));
    const inProgram = sources.map((source) => this.program(source).analysis.file(uri.path)).find((file) => file !== undefined);
    return inProgram ?? this.program(uri).analysis;
  }

  /** The same when all files have been read. */
  async whole(document: vscode.TextDocument): Promise<SourceAnalysis> {
    await this.programs(document.uri);
    return this.of(document);
  }

  /** The programs that a file is part of. */
  async programs(uri: vscode.Uri): Promise<SourceAnalysis[]> {
    await this.index.update();
    return this.having(uri, this.index.programsOf(uri));
  }

  /** The source that is started for a file: itself by its name, else one of its programs, rather one that is open. */
  async sourceOf(file: vscode.Uri): Promise<vscode.Uri> {
    if (/\.s$/i.test(file.path)) return file;
    await this.index.update();
    const sources = this.index.programsOf(file);
    return sources.find((source) => vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === source.toString())) ?? sources[0] ?? file;
  }

  /** Those, and sources that take names from them or that they take names from. */
  async linkedPrograms(uri: vscode.Uri): Promise<SourceAnalysis[]> {
    await this.index.update();
    return this.having(uri, this.index.linkedPrograms(uri));
  }

  /** Those and all programs that share files or names with them. */
  async relatedPrograms(uri: vscode.Uri): Promise<SourceAnalysis[]> {
    await this.index.update();
    return this.having(uri, this.index.relatedPrograms(uri));
  }

  /** Other files for a source, as far as they have been read; those that have not are noted. */
  resolver(source: vscode.Uri, unread: vscode.Uri[] = [], asked = new Map<string, { uri: vscode.Uri; stamp: string }>()): SourceResolver {
    const { texts } = this;
    const named = (name: string, from: string): vscode.Uri => {
      const uri = includedUri(name, source.with({ path: from }));
      asked.set(uri.toString(), { uri, stamp: texts.stamp(uri) });
      return uri;
    };
    return {
      text: (name, from) => {
        const uri = named(name, from);
        if (!texts.hasText(uri)) unread.push(uri);
        const text = texts.text(uri);
        return text === undefined ? undefined : { path: uri.path, text };
      },
      bytes: (name, from) => {
        const uri = named(name, from);
        if (!texts.hasBytes(uri)) unread.push(uri);
        return texts.bytes(uri);
      },
    };
  }

  private async having(uri: vscode.Uri, sources: readonly vscode.Uri[]): Promise<SourceAnalysis[]> {
    const programs = await Promise.all(sources.map((source) => this.read(source)));
    // A file that is only included where a condition does not hold is part of nothing.
    return programs.some(({ survey }) => survey.texts.has(uri.path)) ? programs : [...programs, await this.read(uri)];
  }

  /** Assembles a source for as long as it asks for files that have not been read yet. */
  private async read(source: vscode.Uri): Promise<SourceAnalysis> {
    if (!this.texts.hasText(source)) await this.texts.read(source);
    for (;;) {
      const { analysis, unread } = this.program(source);
      if (unread.length === 0) return analysis;
      await Promise.all(unread.map((uri) => this.texts.read(uri)));
    }
  }

  private program(source: vscode.Uri): Kept {
    const key = source.toString();
    const kept = this.kept.get(key);
    this.kept.delete(key);
    const now = kept && [...kept.asked.values()].every(({ uri, stamp }) => this.texts.stamp(uri) === stamp) && !kept.unread.some((uri) => this.texts.hasBytes(uri))
      ? kept : this.assembled(source);
    this.kept.set(key, now);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    return now;
  }

  private assembled(source: vscode.Uri): Kept {
    this.mnemonics ??= newMnemonics();
    const unread: vscode.Uri[] = [];
    const asked = new Map([[source.toString(), { uri: source, stamp: this.texts.stamp(source) }]]);
    const analysis = new SourceAnalysis(source.path, this.texts.text(source) ?? '', this.mnemonics, this.resolver(source, unread, asked));
    return { analysis, asked, unread };
  }
}
