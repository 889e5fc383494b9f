/** Reads source files, statement by statement. */
import type { ProgramError } from '../program.ts';
import { adviceFor } from './counterparts.ts';
import { Cursor, SYMBOL } from './cursor.ts';
import { callMacro } from './directives/blocks.ts';
import { CONDITIONAL_DIRECTIVES } from './directives/conditions.ts';
import type { Directive } from './directives/directive.ts';
import { setOrigin } from './directives/gaps.ts';
import { readValue, setSymbol } from './directives/symbols.ts';
import { DIRECTIVE_NAMES, directiveNamed } from './directives/table.ts';
import { StatementError } from './error.ts';
import { headWord } from './input.ts';
import { readOperands } from './operands.ts';
import type { Expression } from './object.ts';
import { currentOffset, here, OFFSETS, pushZeros } from './section.ts';
import type { AssemblyState } from './state.ts';
import { splitStatements, type Statement } from './statement.ts';
import { nearest } from './suggestion.ts';
import { defineLabel, defineNumbered } from './symbols.ts';

/** A source file. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Reads a file into the state. Mistakes are collected in `state.errors`. */
export function readSource(state: AssemblyState, { path, text }: Source): void {
  state.beginFile(path);
  state.input.push('file', splitStatements(path, text, state.errors), state.conditionals.depth);
  for (;;) {
    try {
      const statement = state.input.take();
      if (!statement) break;
      readStatement(state, statement);
    } catch (error) {
      if (!(error instanceof StatementError)) throw error;
      state.fail(state.statement, error);
    }
  }
  state.errors.push(...unclosed(state));
}

function unclosed({ conditionals }: AssemblyState): ProgramError[] {
  const errors = conditionals.unclosed();
  conditionals.closeTo(0);
  return errors;
}

function readStatement(state: AssemblyState, statement: Statement): void {
  state.statement = statement;
  state.visit?.(statement, state.section.space);
  if (!state.conditionals.active) {
    const word = headWord(statement.text);
    const directive = Object.hasOwn(CONDITIONAL_DIRECTIVES, word) ? CONDITIONAL_DIRECTIVES[word] : undefined;
    if (directive) runDirective(state, new Cursor(statement.text, statement.text.indexOf(word) + word.length), directive, word);
    return;
  }
  const { section } = state;
  const start = here(section);
  let instruction = false;
  try {
    instruction = readBody(state, new Cursor(statement.text));
  } finally {
    const end = here(section);
    if (end.fragment !== start.fragment || end.offset !== start.offset) {
      section.emissions.push({ start, end, statement: state.statement, instruction });
    }
  }
}

const LABEL = /(?:[A-Za-z_.][\w.$]*|\d+)[ \t]*:(?!:)/y;
const WORD = /[A-Za-z_.][\w.]*[+-]?/y;

/** Answers whether the statement is an instruction. */
function readBody(state: AssemblyState, labels: Cursor): boolean {
  for (let label = labels.match(LABEL); label !== undefined; label = labels.match(LABEL)) {
    readLabel(state, label.slice(0, -1).trimEnd());
  }
  if (labels.atEnd) return false;
  state.statement = statementAfter(state.statement, labels.offset);
  const cursor = new Cursor(state.statement.text);
  const start = cursor.offset;
  const symbol = cursor.match(SYMBOL);
  const equals = symbol === undefined ? undefined : cursor.match(/==?(?!=)/y);
  if (symbol !== undefined && equals !== undefined) {
    readAssignment(state, cursor, symbol, equals === '==');
    return false;
  }
  cursor.moveTo(start);
  const word = cursor.match(WORD);
  if (word === undefined) throw cursor.error(`A label, an instruction or a directive must come here, not "${cursor.rest}".`);
  const macro = state.macros.get(word) ?? state.macros.get(word.replace(/^\./, ''));
  if (macro) {
    callMacro(state, macro, cursor);
    return false;
  }
  if (!word.startsWith('.')) {
    readInstruction(state, cursor, word, start);
    return true;
  }
  const name = word.slice(1).toLowerCase();
  const directive = directiveNamed(name);
  if (!directive) throw unknownDirective(word, name, start);
  runDirective(state, cursor, directive, name);
  return false;
}

/** What follows the labels, at its own column unless a macro made it. */
function statementAfter(statement: Statement, offset: number): Statement {
  if (offset === 0) return statement;
  const { text, place, inside } = statement;
  const column = inside === '' ? place.column + offset : place.column;
  return { text: text.slice(offset), place: { ...place, column }, inside };
}

function readLabel(state: AssemblyState, name: string): void {
  const { namespace, statement } = state;
  const definition = state.section.name === OFFSETS ? offsetHere(state) : { kind: 'location', location: state.here } as const;
  if (/^\d/.test(name)) defineNumbered(String(Number(name)), namespace, definition, statement.place);
  else defineLabel(name, namespace, definition, statement.place);
}

/** A label after `.struct` is a number. */
function offsetHere({ section }: AssemblyState): Expression {
  const offset = currentOffset(section);
  if (offset === undefined) throw new StatementError('The offset of this label depends on what comes later.');
  return { kind: 'number', value: BigInt(offset) };
}

function readAssignment(state: AssemblyState, cursor: Cursor, symbol: string, forGood: boolean): void {
  const value = readValue(state, cursor);
  cursor.expectEnd('the value');
  if (symbol === '.') setOrigin(state, value, 0);
  else setSymbol(state, symbol, value, forGood);
}

function runDirective(state: AssemblyState, cursor: Cursor, directive: Directive, name: string): void {
  directive(state, cursor);
  cursor.expectEnd(`".${name}"`);
}

function readInstruction(state: AssemblyState, cursor: Cursor, word: string, start: number): void {
  const { section, statement } = state;
  const mnemonics = state.mnemonics[section.space.isa];
  const forms = mnemonics.find(word);
  if (!forms) throw mnemonics.uselessHint(word, start) ?? unknownMnemonic(state, word, start);
  state.checkInstructionPlace();
  state.requireAlignment(4);
  const location = state.here;
  // The word's room is taken even when the operands are wrong, so that later addresses stay right.
  pushZeros(section, 4);
  const context = { ...state.expressionContext, dot: location };
  const candidates = readOperands(cursor.text, cursor.offset, forms, context);
  section.fixups.push({ kind: 'instruction', location, candidates, statement });
}

function unknownDirective(written: string, name: string, offset: number): StatementError {
  const similar = nearest(name, DIRECTIVE_NAMES);
  const meant = similar === undefined ? undefined : `.${similar}`;
  return new StatementError(withGuess(`The directive "${written}" is not known.`, meant), offset, { code: 'unknown-directive', written, meant });
}

const TITLE = { ppc: 'PowerPC', spu: 'SPU' } as const;
const WHERE_ELSE = { ppc: 'go back with .text', spu: 'SPU code stands in a section .spu.NAME' } as const;

function unknownMnemonic(state: AssemblyState, written: string, offset: number): StatementError {
  const { isa } = state.section.space;
  const other = isa === 'ppc' ? 'spu' : 'ppc';
  const sentence = `"${written}" is no ${TITLE[isa]} instruction and no macro.`;
  if (state.mnemonics[other].find(written)) {
    return new StatementError(`${sentence} It is one of the ${TITLE[other]}: ${WHERE_ELSE[other]}${adviceFor(written, isa)}`, offset, { code: 'other-processor', written });
  }
  const meant = state.mnemonics[isa].suggestion(written) ?? nearest(written, state.macros.keys());
  return new StatementError(withGuess(sentence, meant), offset, { code: 'unknown-instruction', written, meant });
}

function withGuess(sentence: string, meant: string | undefined): string {
  return meant === undefined ? sentence : `${sentence} Did you mean "${meant}"?`;
}
