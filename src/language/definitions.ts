/** The names that a text defines, by its words alone: what an outline and a list of all symbols are made of. */
import type { Statement } from '../sim/program/asm/statement.ts';
import type { TextSpan } from './sourceAnalysis.ts';
import { type Word, wordsOf } from './words.ts';

export interface Definition {
  readonly name: string;
  readonly kind: 'label' | 'constant' | 'macro';
  readonly span: TextSpan;
}

/** Directives whose first operand is a name that they define. */
const DEFINING: ReadonlyMap<string, Definition['kind']> = new Map([
  ...['.set', '.equ', '.def', '.lsym', '.equiv', '.eqv'].map((name) => [name, 'constant'] as const),
  ...['.comm', '.lcomm'].map((name) => [name, 'label'] as const),
  ['.macro', 'macro'],
]);

/** Directives that let other sources use a symbol. */
export const EXPORTING: ReadonlySet<string> = new Set(['.globl', '.global', '.weak', '.comm']);
/** Directives whose operands are no symbols. */
const NAMELESS: ReadonlySet<string> = new Set(['.macro', '.section', '.pushsection', '.include', '.incbin', '.file']);

/** Whether a name in the operands of this mnemonic or directive can be a symbol: suffixes, registers with a prefix and parameters cannot. */
export function mayBeSymbol(name: string, head: string): boolean {
  return !NAMELESS.has(head) && !/^[@$%\\\d]|^\.$/.test(name);
}

/** Numbered labels are left out: they are nobody's landmarks. */
export function definitionsIn(statements: readonly Statement[]): Definition[] {
  return statements.flatMap((statement) => definitionsAmong(wordsOf(statement)));
}

/** The same of the words of one statement. */
export function definitionsAmong(words: readonly Word[]): Definition[] {
  return words.flatMap((word) => {
    const kind = definedBy(word, words);
    return kind === undefined || /^\d/.test(word.text) ? [] : [{ name: word.text, kind, span: word.span }];
  });
}

/** What a word of a statement defines, if anything. */
export function definedBy(word: Word, words: readonly Word[]): Definition['kind'] | undefined {
  switch (word.role) {
    case 'label': return 'label';
    // `.` is the place that code goes to: `. = . + 4`.
    case 'assigned': return word.text === '.' ? undefined : 'constant';
    case 'head': return undefined;
    case 'name': return word === words.find(({ role }) => role === 'name') ? DEFINING.get(headOf(words).toLowerCase()) : undefined;
  }
}

/** The mnemonic, directive or macro; '' where there is none. */
export function headOf(words: readonly Word[]): string {
  return words.find(({ role }) => role === 'head')?.text ?? '';
}
