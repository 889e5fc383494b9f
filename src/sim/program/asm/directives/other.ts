/** Messages, and directives that say nothing to this assembler. */
import { StatementError } from '../error.ts';
import { readQuoted } from '../literals.ts';
import type { Directive, Directives } from './directive.ts';
import { setSymbol } from './symbols.ts';

export const ignore: Directive = (_, cursor) => { cursor.takeRest(); };

/** Descriptions for linkers, unwinders and readers of listings, and messages that are not errors. */
const IGNORED = [
  'ident', 'file', 'loc_mark_labels', 'line', 'ln', 'linefile', 'appline', 'func', 'endfunc', 'machine', 'abiversion', 'gnu_attribute', 'localentry', 'end', 'version', 'desc',
  'title', 'sbttl', 'list', 'nolist', 'psize', 'plen', 'llen', 'lflags', 'nopage', 'eject', 'page', 'spc', 'format', 'noformat', 'name', 'print', 'warning',
  'symver', 'vtable_entry', 'vtable_inherit',
] as const;

/** `.loc file line [column] [options]`: of the options only `view` defines something, a number for the unwinder's tables, which are not loaded. */
const location: Directive = (state, cursor) => {
  const view = /\bview\s+([A-Za-z_.][\w.$]*)/.exec(cursor.takeRest())?.[1];
  if (view !== undefined) setSymbol(state, view, { kind: 'number', value: 0n }, false);
};

const fail: Directive = (_, cursor) => {
  const message = readQuoted(cursor);
  cursor.takeRest();
  throw new StatementError(message === undefined ? 'The program says .err here.' : `The program says: ${message}`);
};

export const OTHER_DIRECTIVES: Directives = {
  ...Object.fromEntries(IGNORED.map((name) => [name, ignore])),
  loc: location, err: fail, error: fail,
};
