/** What a source names that a debugger can show: registers, symbols, and the memory of loads and stores. */
import type { AccessedMemory, OperandKind } from '../sim/engine/isa.ts';
import { dataElement } from '../sim/program/asm/directives/data.ts';
import { type PlacedOperand, placedOperands } from '../sim/program/asm/operands.ts';
import { registerKind, registerNumber } from '../sim/program/asm/registers.ts';
import type { Statement } from '../sim/program/asm/statement.ts';
import { constantOf } from '../sim/program/asm/symbols.ts';
import { displacementText } from './displacement.ts';
import type { SourceAnalysis, TextPlace, TextSpan } from './sourceAnalysis.ts';
import { type Word, wordsOf } from './words.ts';

/** Expressions are those of the debugger (docs/adapter.md, "Expressions"). */
export interface Evaluable {
  readonly span: TextSpan;
  readonly expression: string;
}

export interface EvaluableRegister extends Evaluable {
  /** An expression for a place where there is little room: of an SPU's register the preferred word. */
  readonly short: string;
}

/** What the text at a place stands for; undefined for mnemonics, numbers and constants. */
export function evaluableAt(analysis: SourceAnalysis, at: TextPlace): Evaluable | undefined {
  const statement = analysis.statementAt(at);
  if (!statement) return undefined;
  const holds = ({ span }: { readonly span: TextSpan }): boolean => span.start <= at.column && at.column < span.end;
  return registersOf(analysis, statement).find(holds) ?? symbolAt(analysis, wordsOf(statement), holds) ?? memoryOf(analysis, statement).find(holds);
}

/** The registers that a statement names, in order. */
export function registersOf(analysis: SourceAnalysis, statement: Statement): readonly EvaluableRegister[] {
  const { line } = statement.place;
  const head = wordsOf(statement).find(({ role }) => role === 'head');
  if (!head || head.text.startsWith('.')) return [];
  const operands = operandsOf(analysis, statement);
  if (operands) return operands.flatMap((operand) => [operand, ...(operand.base ? [operand.base] : [])]).flatMap((part) => registerIn(statement, part));
  if (!analysis.survey.macros.has(head.text)) return [];
  const isa = analysis.isaAt(line);
  return wordsOf(statement).flatMap(({ text, role, span }) => {
    const kind = role === 'name' && !isSymbol(analysis, line, text) ? registerKind(isa, text) : undefined;
    const number = kind && registerNumber(kind, text);
    return kind && number !== undefined ? registerNamed(kind, number, text, span) : [];
  });
}

/** The statements of a line and those above it, up to the next label: labels of numbers and `.L` labels are inside, and one on the line itself hides nothing. */
export function blockAround(analysis: SourceAnalysis, line: number): readonly Statement[] {
  const { statements } = analysis;
  const program = analysis.programAt(line);
  const block: Statement[] = [];
  for (let at = statements.findLastIndex(({ place }) => place.line <= line); at >= 0; at -= 1) {
    const statement = statements[at];
    if (!statement || analysis.programAt(statement.place.line) !== program) break;
    block.push(statement);
    if (statement.place.line < line && wordsOf(statement).some(({ text, role }) => role === 'label' && !/^(?:\d|\.L)/.test(text))) break;
  }
  return block.reverse();
}

/** The operands of an instruction; undefined for anything else. */
function operandsOf(analysis: SourceAnalysis, statement: Statement): readonly PlacedOperand[] | undefined {
  const { text, place: { line, column } } = statement;
  const head = wordsOf(statement).find(({ role }) => role === 'head');
  const forms = head && analysis.mnemonics[analysis.isaAt(line)].find(head.text);
  return forms && placedOperands(text, head.span.end - column, forms);
}

function registerIn(statement: Statement, { operand: { field }, start, end }: PlacedOperand): EvaluableRegister[] {
  const text = statement.text.slice(start, end);
  const number = registerNumber(field.kind, text) ?? (/^\d{1,3}$/.test(text) ? Number(text) : undefined);
  return number === undefined ? [] : registerNamed(field.kind, number, text, spanOf(statement, start, end));
}

function registerNamed(kind: OperandKind, number: number, text: string, span: TextSpan): EvaluableRegister[] {
  const name = NAMES[kind]?.(number, text);
  return name === undefined ? [] : [{ span, expression: name, short: kind === 'spuRegister' ? `${name}.w0` : name }];
}

/** As the debugger writes them; those of other kinds it does not know. */
const NAMES: Partial<Readonly<Record<OperandKind, (number: number, text: string) => string | undefined>>> = {
  gpr: (number) => `$r${String(number)}`,
  fpr: (number) => `$f${String(number)}`,
  vr: (number) => `$v${String(number)}`,
  crField: (number) => `$cr${String(number)}`,
  spr: (_, text) => (/^%?(?:lr|ctr|xer|vrsave)$/i.test(text) ? `$${text.replace('%', '').toLowerCase()}` : undefined),
  spuRegister: (number) => `$${String(number)}`,
};

/** A symbol's address, or the number that it is the name of. */
function symbolAt(analysis: SourceAnalysis, words: readonly Word[], holds: (word: Word) => boolean): Evaluable | undefined {
  const chosen = words.find((word) => (word.role === 'name' || word.role === 'label') && holds(word));
  if (!chosen) return undefined;
  const at = words.indexOf(chosen);
  const before = words[at - 1];
  const word = chosen.text.startsWith('@') && before?.span.end === chosen.span.start ? before : chosen;
  const { text, span } = word;
  const { line } = span;
  // An address of the PowerPC side is none in the local store.
  if (words[words.indexOf(word) + 1]?.text === '@ppu' || !isSymbol(analysis, line, text)) return undefined;
  const element = elementAt(analysis, line, text);
  return { span: { ...span, end: chosen.span.end }, expression: element ? memoryText(text, element) : text };
}

/** Whether a name is that of a symbol of the program that a line belongs to; constants are none. */
function isSymbol(analysis: SourceAnalysis, line: number, name: string): boolean {
  const program = analysis.programAt(line);
  const { symbols } = analysis.survey;
  if (symbols.some((symbol) => symbol.name === name && constantOf(symbol) !== undefined)) return false;
  return symbols.some(({ name: known, namespace: { space } }) => known === name && space.name === program);
}

/** The number that stands behind a label. */
function elementAt(analysis: SourceAnalysis, line: number, name: string): AccessedMemory | undefined {
  const program = analysis.programAt(line);
  const { statements } = analysis;
  const at = statements.findIndex((statement) => analysis.programAt(statement.place.line) === program && wordsOf(statement).some(({ text, role }) => role === 'label' && text === name));
  const heads = at < 0 ? [] : statements.slice(at, at + 2).map((statement) => wordsOf(statement).find(({ role }) => role === 'head')?.text);
  const head = heads[0] ?? heads[1];
  return head?.startsWith('.') === true ? dataElement(head.slice(1), analysis.isaAt(line)) : undefined;
}

/** What a load or store finds at its address: the operand `d(ra)`. */
function memoryOf(analysis: SourceAnalysis, statement: Statement): Evaluable[] {
  const { text, place: { line } } = statement;
  return (operandsOf(analysis, statement) ?? []).flatMap(({ start, end, base, entry: { memory } }) => {
    const displacement = memory && base && displacementText(analysis, statement, start, end);
    if (!memory || !base || displacement === undefined) return [];
    const register = registerIn(statement, base)[0]?.expression;
    const isZero = base.operand.field.name.endsWith('0') && register === '$r0';
    const terms = [isZero ? undefined : register, displacement === '0' && !isZero ? undefined : displacement].filter((term) => term !== undefined);
    const sum = terms.join(' + ');
    const close = text.indexOf(')', base.end) + 1;
    return [{ span: spanOf(statement, start, close), expression: memoryText(analysis.isaAt(line) === 'spu' ? `(${sum}) & ${QUADWORD_OF_LOCAL_STORE}` : sum, memory) }];
  });
}

/** Loads and stores of an SPU go to whole quadwords of 256 KiB (SPU ISA 1.2, chapter 3). */
const QUADWORD_OF_LOCAL_STORE = '0x3fff0';

function memoryText(address: string, { bytes, form }: AccessedMemory): string {
  const letter = form === 'signed' ? 's' : form === 'float' ? 'f' : 'u';
  return `[${address}:${letter}${String(bytes * 8)}]`;
}

function spanOf({ place: { line, column } }: Statement, start: number, end: number): TextSpan {
  return { line, start: column + start, end: column + end };
}
