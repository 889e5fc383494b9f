/** Directives about symbols. */
import { type Cursor, expectSymbol } from '../cursor.ts';
import type { AsmSymbol, Expression } from '../object.ts';
import { registerKind, registerNumber } from '../registers.ts';
import type { AssemblyState } from '../state.ts';
import { assign } from '../symbols.ts';
import type { Directive, Directives } from './directive.ts';

function forSymbols(what: string, change: (symbol: AsmSymbol) => void): Directive {
  return (state, cursor) => {
    do change(state.symbol(expectSymbol(cursor, what))); while (cursor.take(','));
  };
}

function set(forGood: boolean): Directive {
  return (state, cursor) => {
    const name = expectSymbol(cursor, 'the symbol');
    cursor.expectComma('its value');
    setSymbol(state, name, readValue(state, cursor), forGood);
  };
}

export function setSymbol(state: AssemblyState, name: string, value: Expression, forGood: boolean): void {
  assign(name, state.namespace, value, state.statement.place, forGood);
}

/** The value of a `.set`: an expression, or a register's name, unless a symbol has that name. */
export function readValue(state: AssemblyState, cursor: Cursor): Expression {
  const name = cursor.rest;
  const plain = name.replace(/^%/, '');
  const { isa } = state.section.space;
  const kind = state.namespace.symbols.get(plain)?.definition ? undefined : registerKind(isa, name);
  const value = kind && registerNumber(kind, name);
  if (value === undefined) return state.expression(cursor);
  cursor.takeRest();
  return { kind: 'register', name, value };
}

const type: Directive = (state, cursor) => {
  const symbol = state.symbol(expectSymbol(cursor, 'the symbol'));
  cursor.take(',');
  const word = cursor.match(/[@%"]?\w+"?/y)?.replace(/[@%"]/g, '').replace(/^STT_/, '').toLowerCase();
  if (word === undefined) throw cursor.error('The type of the symbol must come here: @function or @object.');
  if (word === 'function' || word === 'func') symbol.type = 'function';
  if (word === 'object') symbol.type = 'object';
};

const size: Directive = (state, cursor) => {
  const symbol = state.symbol(expectSymbol(cursor, 'the symbol'));
  cursor.expectComma('its size');
  symbol.size = state.expression(cursor);
};

const exported = forSymbols('the symbol to export', (symbol) => { symbol.global = true; });
const weak = forSymbols('the weak symbol', (symbol) => {
  symbol.global = true;
  symbol.weak = true;
});
const local = forSymbols('the symbol', (symbol) => {
  symbol.global = false;
  symbol.local = true;
});
/** Visibility says nothing in a program that is linked from these files alone. */
const visibility = forSymbols('the symbol', () => undefined);

export const SYMBOL_DIRECTIVES: Directives = {
  set: set(false), equ: set(false), def: set(false), lsym: set(false), equiv: set(true), eqv: set(true),
  globl: exported, global: exported, weak,
  local, extern: visibility, hidden: visibility, internal: visibility, protected: visibility,
  type, size,
};
