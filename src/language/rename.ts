/** Another name for a symbol or macro. */
import type { SourceResolver } from '../sim/program/asm/state.ts';
import { occurrencesAt } from './references.ts';
import { SourceAnalysis, type TextPlace, type TextSpan } from './sourceAnalysis.ts';

export interface TextChange {
  readonly span: TextSpan;
  readonly text: string;
}

export type RenameRefusal = 'nothing' | 'name' | 'meaning';

/**
 * The changes that rename what stands at a place; or why there are none: `nothing` to rename there, the new `name` is
 * none, or the program would assemble to other bytes or no more (`meaning`).
 */
export function renameAt(analysis: SourceAnalysis, at: TextPlace, newName: string, resolver: SourceResolver): readonly TextChange[] | RenameRefusal {
  const occurrences = occurrencesAt(analysis, at);
  if (!occurrences.some(({ definition }) => definition)) return 'nothing';
  const numbered = occurrences.some(({ span }) => /^\d/.test(textOf(analysis, span)));
  if (!(numbered ? /^\d+$/ : /^[A-Za-z_.][\w.$]*$/).test(newName)) return 'name';
  const changes = occurrences.map(({ span }) => {
    const direction = numbered ? /[fb]$/.exec(textOf(analysis, span))?.[0] ?? '' : '';
    return { span, text: newName + direction };
  });
  const renamed = new SourceAnalysis(analysis.path, changedText(analysis, changes), analysis.mnemonics, resolver);
  return sameMeaning(analysis, renamed) ? changes : 'meaning';
}

function textOf({ lines }: SourceAnalysis, { line, start, end }: TextSpan): string {
  return lines[line - 1]?.slice(start - 1, end - 1) ?? '';
}

/** The text with changes made; none of them overlap. */
export function changedText({ text, lines }: Pick<SourceAnalysis, 'text' | 'lines'>, changes: readonly TextChange[]): string {
  const changed = [...lines];
  for (const { span: { line, start, end }, text: part } of [...changes].sort((a, b) => b.span.start - a.span.start)) {
    const old = changed[line - 1] ?? '';
    changed[line - 1] = old.slice(0, start - 1) + part + old.slice(end - 1);
  }
  return changed.join(/\r\n|\r|\n/.exec(text)?.[0] ?? '\n');
}

function sameMeaning(before: SourceAnalysis, after: SourceAnalysis): boolean {
  const [old, now] = [before.survey, after.survey];
  if (!old.assembly || !now.assembly) return !now.assembly && old.errors.length === now.errors.length;
  const rows = now.assembly.listing;
  return old.assembly.listing.length === rows.length && old.assembly.listing.every(({ address, bytes }, index) => {
    const other = rows[index];
    return other?.address === address && other.bytes.length === bytes.length && bytes.every((byte, at) => byte === other.bytes[at]);
  });
}
