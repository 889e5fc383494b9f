/** Messages, and directives that say nothing to this assembler. */
import { StatementError } from '../error.ts';
import { readQuoted } from '../literals.ts';
import type { Directive, Directives } from './directive.ts';

export const ignore: Directive = (_, cursor) => { cursor.takeRest(); };

/** Descriptions for linkers, unwinders and readers of listings, and messages that are not errors. */
const IGNORED = [
  'ident', 'file', 'loc', 'loc_mark_labels', 'machine', 'abiversion', 'gnu_attribute', 'localentry', 'end', 'version', 'desc',
  'title', 'sbttl', 'list', 'nolist', 'psize', 'eject', 'print', 'warning',
] as const;

const fail: Directive = (_, cursor) => {
  const message = readQuoted(cursor);
  cursor.takeRest();
  throw new StatementError(message === undefined ? 'The program says .err here.' : `The program says: ${message}`);
};

export const OTHER_DIRECTIVES: Directives = {
  ...Object.fromEntries(IGNORED.map((name) => [name, ignore])),
  err: fail, error: fail,
};
