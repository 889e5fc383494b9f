/** What may be written at a place. */
import { ADDRESS_PARTS } from '../sim/program/asm/addressPart.ts';
import { DIRECTIVE_NAMES } from '../sim/program/asm/directives/table.ts';
import type { AsmSymbol } from '../sim/program/asm/object.ts';
import { registerNames } from '../sim/program/asm/registers.ts';
import { constantOf } from '../sim/program/asm/symbols.ts';
import { formHelp } from './instructionHelp.ts';
import { macroHelp } from './nameHelp.ts';
import type { SourceAnalysis, TextPlace, TextSpan } from './sourceAnalysis.ts';

export interface Proposal {
  readonly text: string;
  readonly kind: 'mnemonic' | 'directive' | 'macro' | 'register' | 'symbol' | 'part';
  readonly detail: string;
  readonly doc: string;
}

export interface Proposals {
  /** What a proposal replaces. */
  readonly span: TextSpan;
  readonly items: readonly Proposal[];
}

const PARTIAL = /[@$%]?[\w.$]*$/;
const BEFORE_HEAD = /^[ \t]*(?:[\w.$]+[ \t]*:[ \t]*)*$/;

export function proposalsAt(analysis: SourceAnalysis, { line, column }: TextPlace): Proposals {
  const before = (analysis.lines[line - 1] ?? '').slice(0, column - 1);
  const partial = PARTIAL.exec(before)?.[0] ?? '';
  const suffix = /@\w*$/.exec(before)?.[0];
  const span = { line, start: column - (suffix ?? partial).length, end: column };
  if (/#|\/\//.test(before)) return { span, items: [] };
  if (suffix !== undefined) return { span, items: partsFor(analysis, line) };
  const own = before.slice(before.lastIndexOf(';') + 1, before.length - partial.length);
  return { span, items: BEFORE_HEAD.test(own) ? heads(analysis, line) : operands(analysis, line, own) };
}

function partsFor(analysis: SourceAnalysis, line: number): Proposal[] {
  const names = analysis.isaAt(line) === 'spu' ? [...Object.keys(ADDRESS_PARTS), 'ppu'] : [...Object.keys(ADDRESS_PARTS), 'toc'];
  return names.map((name) => ({ text: `@${name}`, kind: 'part', detail: '', doc: '' }));
}

function heads(analysis: SourceAnalysis, line: number): Proposal[] {
  const { table } = analysis.mnemonics[analysis.isaAt(line)];
  const names = new Set([...table.instructions, ...table.aliases].map(({ mnemonic }) => mnemonic));
  return [
    ...Array.from(names, (text): Proposal => {
      const form = analysis.mnemonics[table.name].find(text)?.[0];
      return { text, kind: 'mnemonic', detail: form ? formHelp(form).syntax : '', doc: form?.entry.doc ?? '' };
    }),
    ...DIRECTIVE_NAMES.map((name): Proposal => ({ text: `.${name}`, kind: 'directive', detail: '', doc: '' })),
    ...Array.from(analysis.survey.macros.values(), (macro): Proposal => {
      const { syntax, doc } = macroHelp(analysis, macro);
      return { text: macro.name, kind: 'macro', detail: syntax, doc };
    }),
  ];
}

function operands(analysis: SourceAnalysis, line: number, before: string): Proposal[] {
  const isa = analysis.isaAt(line);
  const head = /^[ \t]*(?:[\w.$]+[ \t]*:[ \t]*)*([\w.]+[+-]?)/.exec(before)?.[1] ?? '';
  const operand = before.split(',').length - 1;
  const inside = /\([^)]*$/.test(before);
  const kinds = new Set((analysis.mnemonics[isa].find(head) ?? []).flatMap(({ groups }) => {
    // Operands that may be left out leave their places to the others.
    const needed = groups.filter(({ outer }) => outer.optional === undefined);
    return [groups[operand], needed[operand]].flatMap((group) => {
      const chosen = inside ? group?.inner : group?.outer;
      return chosen ? [chosen.field.kind] : [];
    });
  }));
  const registers = [...kinds].flatMap((kind) => registerNames(isa, kind));
  const program = analysis.programAt(line);
  const symbols = analysis.survey.symbols.filter(({ definition, variable, namespace }) =>
    definition && (namespace.space.name === program || (variable && namespace.space.isa === 'ppc')));
  const takesSymbol = kinds.size === 0 || kinds.has('target') || kinds.has('immediate');
  return [
    ...Array.from(new Set(registers), (text): Proposal => ({ text, kind: 'register', detail: '', doc: '' })),
    ...(takesSymbol ? Array.from(new Map(symbols.map((symbol) => [symbol.name, symbol])).values(), (symbol) => symbolProposal(analysis, symbol)) : []),
  ];
}

/** A constant with its value; a symbol of another file with that file's name. */
function symbolProposal({ path }: SourceAnalysis, symbol: AsmSymbol): Proposal {
  const { name, place: { file } } = symbol;
  const value = constantOf(symbol);
  const from = file === path ? '' : file.replace(/.*\//, '');
  return { text: name, kind: 'symbol', detail: [value === undefined ? '' : String(value), from].filter((part) => part !== '').join(', '), doc: '' };
}
