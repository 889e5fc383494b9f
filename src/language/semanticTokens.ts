/** What each word of a source is, as the assembler's tables and its survey of the file have it. */
import { isAddressPart } from '../sim/program/asm/addressPart.ts';
import { directiveNamed } from '../sim/program/asm/directives/table.ts';
import { registerKind } from '../sim/program/asm/registers.ts';
import type { Statement } from '../sim/program/asm/statement.ts';
import { namesOf, placeKey } from './names.ts';
import type { SourceAnalysis, TextSpan } from './sourceAnalysis.ts';
import { numbersOf, type Word, wordsOf } from './words.ts';

/** Types and modifiers that VS Code's themes know. */
export const TOKEN_TYPES = ['label', 'function', 'macro', 'parameter', 'keyword', 'variable', 'number', 'operator'] as const;
export const TOKEN_MODIFIERS = ['declaration', 'readonly', 'defaultLibrary'] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];
export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

export interface SemanticToken {
  readonly span: TextSpan;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

type Meaning = Omit<SemanticToken, 'span'>;

const MACRO_BOUNDARY = /\.(?:macro|endm)\b/;

/** The tokens of the lines from `first` to `last`, in order. Mnemonics are functions of the default library; constants are variables that are read-only. */
export function semanticTokens(analysis: SourceAnalysis, first = 1, last = analysis.lines.length): SemanticToken[] {
  const names = namesByPlace(analysis);
  const tokens: SemanticToken[] = [];
  let parameters: ReadonlySet<string> = new Set();
  for (const statement of analysis.statements) {
    const { line } = statement.place;
    if (line > last) break;
    const shown = line >= first;
    if (!shown && !MACRO_BOUNDARY.test(statement.text)) continue;
    const words = wordsOf(statement);
    const head = words.find(({ role }) => role === 'head')?.text ?? '';
    if (head === '.macro') parameters = parametersOf(analysis, words);
    if (shown) tokens.push(...tokensOf(analysis, statement, words, head, parameters, names));
    if (head === '.endm') parameters = new Set();
  }
  return tokens;
}

function tokensOf(
  analysis: SourceAnalysis, statement: Statement, words: readonly Word[], head: string, parameters: ReadonlySet<string>, names: ReadonlyMap<string, Meaning>,
): SemanticToken[] {
  const tokens: SemanticToken[] = numbersOf(statement).map((span) => ({ span, type: 'number', modifiers: [] }));
  for (const word of words) {
    const meaning = meaningOf(analysis, word, head, parameters) ?? names.get(placeKey({ path: analysis.path, span: word.span }));
    if (meaning) tokens.push({ span: word.span, ...meaning });
  }
  return tokens.sort((a, b) => a.span.start - b.span.start);
}

function meaningOf(analysis: SourceAnalysis, { text, role, span }: Word, head: string, parameters: ReadonlySet<string>): Meaning | undefined {
  const isa = analysis.isaAt(span.line);
  if (text.startsWith('\\')) return parameters.has(text.slice(1)) ? { type: 'parameter', modifiers: [] } : undefined;
  if (role === 'head') {
    if (analysis.survey.macros.has(text)) return { type: 'macro', modifiers: [] };
    if (text.startsWith('.')) return directiveNamed(text.slice(1).toLowerCase()) ? { type: 'keyword', modifiers: [] } : undefined;
    return analysis.mnemonics[isa].find(text) ? { type: 'function', modifiers: ['defaultLibrary'] } : undefined;
  }
  if (role !== 'name') return undefined;
  if (text.startsWith('@')) {
    const name = text.slice(1);
    return isAddressPart(name) || name === (isa === 'spu' ? 'ppu' : 'toc') ? { type: 'operator', modifiers: [] } : undefined;
  }
  if (head === '.macro' && parameters.has(text)) return { type: 'parameter', modifiers: ['declaration'] };
  // A register's name is one only where an instruction or a macro has operands.
  if (head.startsWith('.') && head !== '.set' && head !== '.equ') return undefined;
  return registerKind(isa, text) ? { type: 'variable', modifiers: ['defaultLibrary'] } : undefined;
}

function parametersOf({ survey }: SourceAnalysis, words: readonly Word[]): ReadonlySet<string> {
  const name = words.find(({ role }) => role === 'name')?.text ?? '';
  return new Set(survey.macros.get(name)?.parameters.map((parameter) => parameter.name));
}

/** Names that mean the file's symbols and macros. */
function namesByPlace(analysis: SourceAnalysis): ReadonlyMap<string, Meaning> {
  const names = namesOf(analysis);
  const kinds = new Map(names.flatMap(({ defines, identities }) => defines ? identities.map((identity) => [identity, defines] as const) : []));
  return new Map(names.flatMap((name): [string, Meaning][] => {
    const kind = name.identities.map((identity) => kinds.get(identity)).find((known) => known !== undefined);
    if (kind === undefined || name.path !== analysis.path) return [];
    const declaration: readonly TokenModifier[] = name.defines ? ['declaration'] : [];
    return [[placeKey(name), kind === 'constant' ? { type: 'variable', modifiers: [...declaration, 'readonly'] } : { type: kind, modifiers: declaration }]];
  }));
}
