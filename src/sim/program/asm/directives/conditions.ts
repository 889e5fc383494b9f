/** `.if` and its kin. They are read even where statements do not count. */
import { type Cursor, expectSymbol } from '../cursor.ts';
import { StatementError } from '../error.ts';
import { readQuoted } from '../literals.ts';
import type { AssemblyState } from '../state.ts';
import type { Directive, Directives } from './directive.ts';

type Condition = (state: AssemblyState, cursor: Cursor) => boolean;

function conditional(condition: Condition): Directive {
  return (state, cursor) => {
    state.conditionals.if(() => condition(state, cursor), state.statement.place);
    // A condition that is not asked may hold anything.
    cursor.takeRest();
  };
}

function compared(holds: (value: number) => boolean): Condition {
  return (state, cursor) => {
    const result = holds(state.numberNow(cursor, 'The condition'));
    cursor.expectEnd('the condition');
    return result;
  };
}

function defined(state: AssemblyState, cursor: Cursor): boolean {
  const name = expectSymbol(cursor, 'the symbol');
  return state.isDefined(name);
}

function sameText(state: AssemblyState, cursor: Cursor): boolean {
  const [left, right, ...more] = cursor.takeRest().split(',').map((part) => part.trim());
  if (left === undefined || right === undefined || more.length > 0) throw new StatementError('Two texts with a comma between them must come here.');
  return left === right;
}

function sameStrings(state: AssemblyState, cursor: Cursor): boolean {
  const left = readQuoted(cursor);
  cursor.expectComma('a second string');
  const right = readQuoted(cursor);
  if (left === undefined || right === undefined) throw cursor.error('Two strings in quotation marks must come here.');
  return left === right;
}

const blank: Condition = (_, cursor) => cursor.atEnd;

function not(condition: Condition): Condition {
  return (state, cursor) => !condition(state, cursor);
}

const notZero = compared((value) => value !== 0);

export const CONDITIONAL_DIRECTIVES: Directives = {
  if: conditional(notZero), ifne: conditional(notZero),
  ifeq: conditional(compared((value) => value === 0)),
  ifgt: conditional(compared((value) => value > 0)),
  ifge: conditional(compared((value) => value >= 0)),
  iflt: conditional(compared((value) => value < 0)),
  ifle: conditional(compared((value) => value <= 0)),
  ifdef: conditional(defined), ifndef: conditional(not(defined)), ifnotdef: conditional(not(defined)),
  ifb: conditional(blank), ifnb: conditional(not(blank)),
  ifc: conditional(sameText), ifnc: conditional(not(sameText)),
  ifeqs: conditional(sameStrings), ifnes: conditional(not(sameStrings)),
  elseif: (state, cursor) => {
    state.conditionals.elseIf(() => notZero(state, cursor));
    cursor.takeRest();
  },
  else: (state) => { state.conditionals.else(); },
  endif: (state) => { state.conditionals.endIf(); },
};
