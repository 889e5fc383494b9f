/** Analyses of programs whose files are texts by path. */
import { changedText, type FileChange } from '../../src/language/rename.ts';
import { newMnemonics, SourceAnalysis } from '../../src/language/sourceAnalysis.ts';
import type { SourceResolver } from '../../src/sim/program/asm/state.ts';

export type Texts = Readonly<Record<string, string>>;

const MNEMONICS = newMnemonics();

export function resolverOf(texts: Texts): SourceResolver {
  const pathOf = (name: string, from: string): string => new URL(name, `file://${from}`).pathname;
  return {
    text: (name, from) => {
      const path = pathOf(name, from);
      const text = texts[path];
      return text === undefined ? undefined : { path, text };
    },
    bytes: () => undefined,
  };
}

export function programOf(texts: Texts, path = Object.keys(texts)[0] ?? ''): SourceAnalysis {
  return new SourceAnalysis(path, texts[path] ?? '', MNEMONICS, resolverOf(texts));
}

export function fileOf(program: SourceAnalysis, path: string): SourceAnalysis {
  const file = program.file(path);
  if (!file) throw new Error(`${path} is no file of ${program.path}.`);
  return file;
}

export function changed(texts: Texts, changes: readonly FileChange[]): Texts {
  return Object.fromEntries(Object.entries(texts).map(([path, text]) =>
    [path, changedText({ text, lines: text.split('\n') }, changes.filter((change) => change.path === path))]));
}

/** The path, line and column of the first `|` in marked texts, and the texts without it. */
export function atMark(marked: Texts): { readonly texts: Texts; readonly path: string; readonly at: { readonly line: number; readonly column: number } } {
  const path = Object.keys(marked).find((name) => marked[name]?.includes('|')) ?? '';
  const text = marked[path] ?? '';
  const before = text.slice(0, text.indexOf('|')).split('\n');
  return { texts: { ...marked, [path]: text.replace('|', '') }, path, at: { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 } };
}
