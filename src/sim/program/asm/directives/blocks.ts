/** Macros, repetitions and included files: directives that bring more statements. */
import { type Cursor, SYMBOL } from '../cursor.ts';
import { StatementError } from '../error.ts';
import { readQuoted } from '../literals.ts';
import { expand, type Macro, readMacroCall, readMacroHeader, readValues } from '../macro.ts';
import type { AssemblyState } from '../state.ts';
import { splitStatements, type Statement } from '../statement.ts';
import type { Directive, Directives } from './directive.ts';

const REPETITIONS: ReadonlySet<string> = new Set(['rept', 'rep', 'irp', 'irpc']);

function takeBlock(state: AssemblyState, opens: (word: string) => boolean, closes: string): Statement[] {
  const block = state.input.takeBlock(opens, closes);
  if (!block) throw new StatementError(`This block is not closed: write .${closes} where it ends.`, undefined, { code: 'not-closed', end: `.${closes}` });
  return block;
}

const define: Directive = (state, cursor) => {
  const body = takeBlock(state, (word) => word === 'macro', 'endm');
  const macro = readMacroHeader(cursor);
  if (state.macros.has(macro.name)) throw new StatementError(`The macro "${macro.name}" is defined already: write ".purgem ${macro.name}" first.`);
  state.macros.set(macro.name, { ...macro, body, place: state.statement.place });
};

/** Puts a macro's statements next. They count as standing where it was called. */
export function callMacro(state: AssemblyState, macro: Macro, cursor: Cursor): void {
  const values = readMacroCall(cursor, macro);
  const { place, inside } = state.statement;
  const statements = expand(macro.body, values, state.expansions++, (original) => ({
    place,
    origin: original.origin ?? original.place,
    inside: `${inside} (line ${String(original.place.line)} of ${original.place.file}, in the macro "${macro.name}")`,
  }));
  state.input.push('macro', statements, state.conditionals.depth);
}

const repeat: Directive = (state, cursor) => {
  const body = takeBlock(state, (word) => REPETITIONS.has(word), 'endr');
  const times = state.numberIn(cursor, 'The number of repetitions', 0, 2 ** 31);
  state.input.push('repetition', body, state.conditionals.depth, times);
};

/** `.irp name, values`: once for each value; `.irpc`: once for each character. */
function repeatFor(readAll: (cursor: Cursor) => string[]): Directive {
  return (state, cursor) => {
    const body = takeBlock(state, (word) => REPETITIONS.has(word), 'endr');
    const name = cursor.match(SYMBOL);
    if (name === undefined) throw cursor.error('The name that stands for the values must come here.');
    cursor.take(',');
    const values = readAll(cursor);
    const expansion = state.expansions;
    const statements = (values.length === 0 ? [''] : values).flatMap((value) =>
      expand(body, new Map([[name, value]]), expansion, (original) => original));
    state.input.push('repetition', statements, state.conditionals.depth);
  };
}

const include: Directive = (state, cursor) => {
  const path = readQuoted(cursor);
  if (path === undefined) throw cursor.error('The name of a file in quotation marks must come here.');
  const found = state.resolver.text(path, state.statement.place.file);
  if (!found) throw cursor.error(`The file "${path}" cannot be read.`);
  state.input.push('file', splitStatements(found.path, found.text, state.errors), state.conditionals.depth);
};

const exitMacro: Directive = (state) => {
  const depth = state.input.leaveMacro();
  if (depth === undefined) throw new StatementError('.exitm does nothing outside a macro.');
  state.conditionals.closeTo(depth);
};

const purge: Directive = (state, cursor) => {
  const name = cursor.match(SYMBOL);
  if (name === undefined || !state.macros.delete(name)) throw cursor.error(`There is no macro "${name ?? ''}".`);
};

function stray(directive: string, opener: string): Directive {
  return () => {
    throw new StatementError(`There is no ${opener} for this ${directive}.`);
  };
}

export const BLOCK_DIRECTIVES: Directives = {
  macro: define, endm: stray('.endm', '.macro'), exitm: exitMacro, purgem: purge,
  rept: repeat, rep: repeat, endr: stray('.endr', '.rept'),
  irp: repeatFor(readValues),
  irpc: repeatFor((cursor) => Array.from(readQuoted(cursor) ?? cursor.takeRest())),
  include,
};
