/** Where symbols and macros are defined and used. */
import type { SourceAnalysis, TextPlace, TextSpan } from './sourceAnalysis.ts';
import { type Word, wordsOf } from './words.ts';

export interface Occurrence {
  readonly span: TextSpan;
  readonly definition: boolean;
}

export type NameKind = 'label' | 'constant' | 'macro' | 'numbered';

interface Named extends Occurrence {
  readonly name: string;
  /** What a definition makes. */
  readonly kind: NameKind;
  /** What is the same for all occurrences of one symbol, and for no others. */
  readonly identity: string;
}

/** Directives whose first operand is a name that they define. */
const DEFINING: ReadonlySet<string> = new Set(['.set', '.equ', '.equiv', '.comm', '.lcomm', '.macro']);
/** Directives whose operands are no symbols. */
const NAMELESS: ReadonlySet<string> = new Set(['.section', '.include', '.incbin', '.file']);

/** All occurrences of what the word at a place names, in order; empty where it names nothing. */
export function occurrencesAt(analysis: SourceAnalysis, at: TextPlace): readonly Occurrence[] {
  const all = namesIn(analysis);
  const { line, column } = at;
  const chosen = all.find(({ span }) => span.line === line && span.start <= column && column <= span.end);
  return chosen ? all.filter(({ identity }) => identity === chosen.identity) : [];
}

/** Every name of a symbol or macro, in order. */
export function namesIn(analysis: SourceAnalysis): readonly Named[] {
  const symbols = new Set(analysis.survey.symbols.filter(({ definition, namespace }) => definition && namespace.space.isa === 'spu')
    .map(({ name, namespace }) => `${namespace.space.name} ${name}`));
  const numbered = new NumberedLabels();
  return analysis.statements.flatMap((statement) => {
    const program = analysis.programAt(statement.place.line);
    const words = wordsOf(statement);
    const head = words.find(({ role }) => role === 'head')?.text ?? '';
    const firstName = words.find(({ role }) => role === 'name');
    return words.flatMap((word, index): Named[] => {
      const { text, role, span } = word;
      const local = numbered.identity(word, program);
      if (local !== undefined) return [{ name: text, kind: 'numbered', identity: local, span, definition: role === 'label' }];
      const leads = word === firstName;
      const isMacro = role === 'head' ? analysis.survey.macros.has(text) : leads && (head === '.macro' || head === '.purgem');
      if (isMacro) return [{ name: text, kind: 'macro', identity: `macro ${text}`, span, definition: head === '.macro' }];
      if (role === 'head' || head === '.macro' || NAMELESS.has(head) || /^[@$%\\\d]/.test(text)) return [];
      const inPowerPC = words[index + 1]?.text === '@ppu' || !symbols.has(`${program} ${text}`);
      const definition = role === 'label' || role === 'assigned' || (leads && DEFINING.has(head));
      return [{ name: text, kind: role === 'label' || head.endsWith("comm") ? 'label' : 'constant', identity: `symbol ${inPowerPC ? '' : program} ${text}`, span, definition }];
    });
  });
}

/** `1b` is the last `1:` before it and `1f` the next, in the same address space (gas manual, "Symbol Names"). */
class NumberedLabels {
  private readonly seen = new Map<string, number>();

  identity({ text, role }: Word, program: string): string | undefined {
    const use = role === 'name' ? /^(\d+)([fb])$/.exec(text) : null;
    const number = role === 'label' && /^\d/.test(text) ? text : use?.[1];
    if (number === undefined) return undefined;
    const label = `numbered ${program} ${String(Number(number))}`;
    const before = this.seen.get(label) ?? 0;
    if (role === 'label') this.seen.set(label, before + 1);
    return `${label} ${String(use?.[2] === 'b' ? before : before + 1)}`;
  }
}
