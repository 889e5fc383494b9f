/** Reads the operands of an instruction, for every form of its mnemonic that they may suit. */
import type { OperandKind } from '../../engine/isa.ts';
import { Cursor } from './cursor.ts';
import { StatementError } from './error.ts';
import { type ExpressionContext, parseExpression } from './expressionParser.ts';
import type { Form, OperandGroup } from './mnemonics.ts';
import type { Candidate, Expression, Namespace, OperandValue } from './object.ts';
import { nearestRegister, OPERAND_TITLES, registerKind, registerNumber } from './registers.ts';
import { characterEnd } from './statement.ts';
import type { TableEntry, TableOperand } from './table.ts';

/** An operand between commas. */
interface Written {
  readonly start: number;
  readonly end: number;
}

/**
 * The forms of a mnemonic that have as many operands as are written from `offset` on. Throws a
 * `StatementError` when there is none, or when the operands suit none.
 */
export function readOperands(
  text: string,
  offset: number,
  forms: readonly Form[],
  context: ExpressionContext,
): Candidate[] {
  const written = splitOperands(text, offset);
  const candidates: Candidate[] = [];
  let mistake: StatementError | undefined;
  for (const form of suitingForms(forms, written.length)) {
    try {
      candidates.push({ entry: form.entry, operands: readGroups(text, written, form, context) });
    } catch (error) {
      if (!(error instanceof StatementError)) throw error;
      mistake ??= error;
    }
  }
  if (candidates.length > 0) return candidates;
  throw missingComma(text, written) ?? mistake ?? new StatementError(wrongCount(forms, written.length), written[0]?.start ?? 0);
}

/** A part of a statement with the operand that it is. */
export interface PlacedOperand extends Written {
  readonly entry: TableEntry;
  readonly operand: TableOperand;
  /** Of a displacement, its register: the part up to the parenthesis behind it. */
  readonly base: PlacedOperand | undefined;
}

/** Where the operands stand that are written from `offset` on, by the first form of the mnemonic that may have as many. */
export function placedOperands(text: string, offset: number, forms: readonly Form[]): PlacedOperand[] {
  const written = splitOperands(text, offset);
  const [form] = suitingForms(forms, written.length);
  return form ? givenGroups(form, written).map(([group, part]) => placed(text, form.entry, group, part)) : [];
}

function placed(text: string, entry: TableEntry, { outer, inner }: OperandGroup, part: Written): PlacedOperand {
  const open = inner && displacementEnd(text, part);
  if (!inner || open === undefined) return { ...part, entry, operand: outer, base: undefined };
  return { start: part.start, end: open, entry, operand: outer, base: { ...trimmed(text, open + 1, part.end - 1), entry, operand: inner, base: undefined } };
}

/** The operands that are written, without those that are left out. */
function givenGroups({ groups }: Form, written: readonly Written[]): (readonly [OperandGroup, Written])[] {
  const leftOut = omitted(groups, groups.length - written.length);
  return groups.filter((group) => !leftOut.includes(group)).flatMap((group, index) => {
    const part = written[index];
    return part ? [[group, part] as const] : [];
  });
}

/** The forms that can have this many operands; those that have exactly as many come first. */
function suitingForms(forms: readonly Form[], given: number): readonly Form[] {
  const suiting = forms.filter(({ groups, optional }) => given <= groups.length && given >= groups.length - optional);
  return suiting.length < 2 ? suiting : suiting.sort((a, b) => a.groups.length - b.groups.length);
}

function readGroups(
  text: string,
  written: readonly Written[],
  { groups }: Form,
  context: ExpressionContext,
): OperandValue[] {
  const operands: OperandValue[] = [];
  const leftOut = omitted(groups, groups.length - written.length);
  let next = 0;
  for (const group of groups) {
    const { outer, inner } = group;
    if (leftOut.includes(group)) {
      operands.push({ expression: { kind: 'number', value: BigInt(outer.optional ?? 0) }, offset: 0 });
      continue;
    }
    const part = written[next++];
    if (!part) break;
    if (!inner) {
      operands.push(readOne(text, part, outer.field.kind, context));
      continue;
    }
    const open = displacedRegister(text, part);
    operands.push(readOne(text, { start: part.start, end: open }, outer.field.kind, context));
    operands.push(readOne(text, { start: open + 1, end: part.end - 1 }, inner.field.kind, context));
  }
  return operands;
}

/** The operands that are left out when this many are missing: the last of those that may be. */
function omitted(groups: readonly OperandGroup[], missing: number): readonly OperandGroup[] {
  return missing === 0 ? [] : groups.filter(({ outer }) => outer.optional !== undefined).slice(-missing);
}

function readOne(text: string, { start, end }: Written, kind: OperandKind, context: ExpressionContext): OperandValue {
  const cursor = new Cursor(text.slice(0, end), start);
  if (cursor.atEnd) throw new StatementError(`${capital(OPERAND_TITLES[kind])} must come here.`, start);
  const offset = cursor.offset;
  const plain = plainOperand(text.slice(start, end), kind);
  if (plain) return { expression: plain, offset };
  if (kind === 'crBit' && FIELD_AS_BIT.test(cursor.rest)) {
    throw new StatementError('A CR field has four bits: write 4*cr2+eq for a bit of cr2.', offset);
  }
  checkRegister(text.slice(start, end), kind, context.namespace, offset);
  const named = (name: string): number | undefined => registerNumber(kind, name);
  const expression: Expression = parseExpression(cursor, { ...context, named });
  const { rest } = cursor;
  if (rest !== '') throw new StatementError(`"${rest}" does not belong here: ${OPERAND_TITLES[kind]} ends before it.`, cursor.offset);
  return { expression, offset };
}

/** `cr2+eq`, which would count the field as one bit. */
const FIELD_AS_BIT = /(?:^|\+)\s*%?cr[0-7]\s*\+|\+\s*%?cr[0-7]\s*$/i;

/** Most operands are a register or a small number; these need no parser. */
function plainOperand(word: string, kind: OperandKind): Expression | undefined {
  const value = registerNumber(kind, word) ?? (/^(?:0|-?[1-9]\d{0,8})$/.test(word) ? Number(word) : undefined);
  return value === undefined ? undefined : { kind: 'number', value: BigInt(value) };
}

/** Where the parenthesis of `displacement(register)` opens. */
function displacedRegister(text: string, part: Written): number {
  const open = displacementEnd(text, part);
  if (open === undefined) throw new StatementError('This operand is written "displacement(register)", for example 8(1).', part.start);
  return open;
}

function displacementEnd(text: string, { start, end }: Written): number | undefined {
  let depth = 0;
  for (let i = end - 1; i >= start; i--) {
    if (text[i] === ')') depth++;
    else if (text[i] === '(') depth--;
    if (depth > 0) continue;
    if (text[i] === '(') return i;
    break;
  }
  return undefined;
}

/** Cuts at the commas outside parentheses; blanks around an operand are not part of it. */
function splitOperands(text: string, offset: number): Written[] {
  const parts: Written[] = [];
  if (text.slice(offset).trim() === '') return parts;
  let depth = 0;
  let start = offset;
  for (let i = offset; i <= text.length;) {
    const c = text[i];
    if (c === "'") {
      i = characterEnd(text, i);
      continue;
    }
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (c === undefined || (c === ',' && depth <= 0)) {
      parts.push(trimmed(text, start, i));
      start = i + 1;
    }
    i++;
  }
  return parts;
}

function trimmed(text: string, start: number, end: number): Written {
  const part = text.slice(start, end);
  return { start: start + part.length - part.trimStart().length, end: start + part.trimEnd().length };
}

/** Two words with nothing between them but blanks. */
const WORDS = /^([%$]?[\w.]+)[ \t]+([%$]?[\w.]+(?:\(.*\))?)$/;

function missingComma(text: string, written: readonly Written[]): StatementError | undefined {
  for (const { start, end } of written) {
    const part = text.slice(start, end);
    const [, before, after] = WORDS.exec(part) ?? [];
    if (before === undefined || after === undefined) continue;
    return new StatementError(`There is no comma between "${before}" and "${after}".`, end - after.length);
  }
  return undefined;
}

/** A word that is plainly meant for a register, and is none of this kind. A symbol may stand for one. */
function checkRegister(word: string, kind: OperandKind, { space, symbols }: Namespace, offset: number): void {
  if (kind === 'immediate' || kind === 'target' || symbols.get(word)?.definition) return;
  const other = registerKind(space.isa, word);
  const must = `${OPERAND_TITLES[kind]} must come here`;
  if (other && registerNumber(kind, word) === undefined) throw new StatementError(`"${word}" is ${OPERAND_TITLES[other].replace(/ \(.*/, '')}; ${must}.`, offset);
  if (!other && /^(?:\$[\w.]+|%?(?:r|f|v|cr|ch|sp)\.?\d+)$/i.test(word)) {
    const similar = nearestRegister(kind, word);
    throw new StatementError(`There is no register "${word}": ${must}.${similar === undefined ? '' : ` Did you mean "${similar}"?`}`, offset, { code: 'unknown-register', written: word, meant: similar });
  }
}

function wrongCount(forms: readonly Form[], given: number): string {
  const shapes = [...new Set(forms.map(shape))];
  const count = given === 0 ? 'There are no operands' : given === 1 ? 'There is 1 operand' : `There are ${String(given)} operands`;
  return `${count} here, but this instruction is written ${shapes.map((s) => `"${s}"`).join(' or ')}.`;
}

/** `lwz rt,d(ra)`; operands that may be left out are in brackets. */
function shape({ entry, groups }: Form): string {
  const operands = groups.map(({ outer, inner }) => {
    const name = inner ? `${outer.field.name}(${inner.field.name.replace(/0$/, '')})` : outer.field.name.replace(/0$/, '');
    return outer.optional === undefined ? name : `[${name}]`;
  });
  return `${entry.mnemonic} ${operands.join(',')}`.trimEnd();
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
