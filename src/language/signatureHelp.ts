/** How the operands of the instruction or macro at a place are written. */
import { type FormHelp, formHelp } from './instructionHelp.ts';
import { macroHelp } from './nameHelp.ts';
import type { SourceAnalysis, TextPlace } from './sourceAnalysis.ts';
import { wordsOf } from './words.ts';

/** The forms of the instruction or macro whose operands a place is among, and which operand is being written. */
export function signatureAt(analysis: SourceAnalysis, at: TextPlace): { readonly forms: readonly FormHelp[]; readonly operand: number } | undefined {
  const before = (analysis.lines[at.line - 1] ?? '').slice(0, at.column - 1);
  const statement = analysis.statements.findLast(({ place }) => place.line === at.line && place.column < at.column);
  const head = statement && wordsOf(statement).find(({ role }) => role === 'head');
  if (!head || at.column <= head.span.end) return undefined;
  const macro = analysis.survey.macros.get(head.text);
  const forms = macro ? [macroHelp(analysis, macro)] : analysis.mnemonics[analysis.isaAt(at.line)].find(head.text)?.map(formHelp);
  return forms && { forms, operand: before.slice(head.span.end - 1).split(',').length - 1 };
}
