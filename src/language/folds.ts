/** The parts of a file that fold. */
import { headWord } from '../sim/program/asm/input.ts';
import type { SourceAnalysis } from './sourceAnalysis.ts';

const OPENERS: ReadonlyMap<string, string> = new Map([['macro', 'endm'], ['rept', 'endr'], ['rep', 'endr'], ['irp', 'endr'], ['irpc', 'endr']]);
const SECTIONS: ReadonlySet<string> = new Set(['text', 'data', 'bss', 'section', 'previous', 'pushsection', 'popsection']);

/** Lines from 1, both inclusive. */
export interface Fold {
  readonly first: number;
  readonly last: number;
}

/** Macros, repetitions and conditionals by their ends; sections up to the next. */
export function foldsOf({ statements, lines }: Pick<SourceAnalysis, 'statements' | 'lines'>): Fold[] {
  const folds: Fold[] = [];
  const open: { readonly end: string; readonly line: number }[] = [];
  let section: number | undefined;
  const endSection = (last: number): void => {
    if (section !== undefined && last > section) folds.push({ first: section, last });
  };
  for (const { text, place: { line } } of statements) {
    if (!text.includes('.')) continue;
    const word = headWord(text);
    const end = OPENERS.get(word) ?? (word.startsWith("if") ? 'endif' : undefined);
    if (end !== undefined && text.startsWith('.')) open.push({ end, line });
    else if (open.at(-1)?.end === word) {
      const opener = open.pop();
      if (opener && line > opener.line) folds.push({ first: opener.line, last: line });
    } else if (SECTIONS.has(word) && open.length === 0) {
      endSection(line - 1);
      section = line;
    }
  }
  endSection(lines.length);
  return folds.sort((a, b) => a.first - b.first);
}
