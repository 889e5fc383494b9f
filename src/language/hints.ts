/** What the assembler takes, but who wrote it may have meant otherwise. */
import { headWord } from '../sim/program/asm/input.ts';
import { registerNumber } from '../sim/program/asm/registers.ts';
import { type PlacedOperand, placedOperands } from '../sim/program/asm/operands.ts';
import type { Statement } from '../sim/program/asm/statement.ts';
import type { SourceAnalysis, TextSpan } from './sourceAnalysis.ts';
import { type Word, wordsOf } from './words.ts';

export type Hint = { readonly code: 'zero-base' } | { readonly code: 'no-start' };

export interface FoundHint {
  readonly span: TextSpan;
  readonly message: string;
  readonly about: Hint;
}

const ENTRIES: ReadonlySet<string> = new Set(['_start', 'main']);
/** A file with one of these is part of a program whose entry may stand elsewhere. */
const EXPORTS: ReadonlySet<string> = new Set(['globl', 'global', 'weak']);
const NAMED_ZERO = /r\.?0\b/i;

export function hintsIn(analysis: SourceAnalysis): FoundHint[] {
  const hints: FoundHint[] = [];
  let first: Word | undefined;
  let isExported = false;
  let macros = 0;
  for (const statement of analysis.statements) {
    const { text } = statement;
    if (text.startsWith('.')) {
      const directive = headWord(text);
      if (EXPORTS.has(directive)) isExported = true;
      if (directive === 'macro') macros++;
      if (directive === 'endm') macros--;
    }
    // Few statements are worth a closer look: there are thousands.
    if (macros > 0 || (first && !NAMED_ZERO.test(text))) continue;
    const head = wordsOf(statement).find(({ role }) => role === 'head');
    if (!head || analysis.isaAt(head.span.line) !== 'ppc' || !analysis.mnemonics.ppc.find(head.text)) continue;
    first ??= head;
    hints.push(...zeroBases(analysis, statement, head));
  }
  const hasEntry = analysis.survey.symbols.some(({ name, definition }) => definition !== undefined && ENTRIES.has(name));
  // Of a file that others include they say where it starts.
  if (first && !isExported && !hasEntry && analysis.path === analysis.survey.path) hints.push({ span: first.span, message: 'The program has no "_start": it starts here, at its first instruction.', about: { code: 'no-start' } });
  return hints;
}

/** Operands `(RA|0)` where r0 is written (PowerPC architecture book I, 1.4: no register's content is used then). */
function zeroBases({ mnemonics }: SourceAnalysis, { text, place }: Statement, head: Word): FoundHint[] {
  const operands = placedOperands(text, head.span.end - place.column, mnemonics.ppc.find(head.text) ?? []);
  return operands.flatMap(({ base, ...operand }) => base ? [operand, base] : [operand]).filter((operand) => readsZero(text, operand)).map(({ start, end }) => ({
    span: { line: place.line, start: place.column + start, end: place.column + end },
    message: `"${text.slice(start, end)}" reads as zero here, whatever the register holds: write 0.`,
    about: { code: 'zero-base' },
  }));
}

function readsZero(text: string, { operand: { field }, start, end }: Pick<PlacedOperand, 'operand' | 'start' | 'end'>): boolean {
  const written = text.slice(start, end);
  return field.name === 'ra0' && !/^\d/.test(written) && registerNumber('gpr', written) === 0;
}
