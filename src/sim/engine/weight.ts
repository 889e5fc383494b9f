/** How much code a meaning becomes in the run function, in values that V8 has to keep somewhere. */
import type { CellPlace, Node, Statement } from './node.ts';

const ACCESS_WEIGHT = 18;
const QUAD_LOAD_WEIGHT = 4;
const QUAD_STORE_WEIGHT = 8;
const IF_WEIGHT = 3;
const FORM_WEIGHT = 2;

export function weightOf(statements: readonly Statement[]): number {
  return FORM_WEIGHT + blockWeight(statements);
}

/** What follows a call is left to the step function. */
function blockWeight(statements: readonly Statement[]): number {
  const call = statements.findIndex(({ kind }) => kind === 'call');
  return sum(call < 0 ? statements : statements.slice(0, call), statementWeight);
}

function statementWeight(s: Statement): number {
  switch (s.kind) {
    case 'let': return nodeWeight(s.value);
    case 'write': return placeWeight(s.place) + nodeWeight(s.value);
    case 'if': return IF_WEIGHT + nodeWeight(s.condition) + blockWeight(s.then) + blockWeight(s.otherwise);
    case 'load': return ACCESS_WEIGHT + nodeWeight(s.ea);
    case 'store': return ACCESS_WEIGHT + nodeWeight(s.ea) + nodeWeight(s.value);
    case 'lsLoad': return QUAD_LOAD_WEIGHT + nodeWeight(s.address);
    case 'lsStore': return QUAD_STORE_WEIGHT + nodeWeight(s.address) + nodeWeight(s.value);
    case 'jumpBy': return 2;
    case 'jumpTo': return 1 + nodeWeight(s.target);
    case 'exit': return 1 + nodeWeight(s.code);
    case 'call': return 0;
  }
}

function nodeWeight(n: Node): number {
  switch (n.kind) {
    case 'const': return 1;
    case 'op': return 1 + sum(n.args, nodeWeight);
    case 'select': return 1 + sum([n.condition, n.yes, n.no], nodeWeight);
    case 'cell': return placeWeight(n.place);
    case 'slot': return 1;
    case 'local': return 0;
    case 'pc': return 4;
    case 'elapsed': return 2;
  }
}

function placeWeight(place: CellPlace): number {
  return 'slot' in place ? 2 : 1;
}

function sum<T>(items: readonly T[], weight: (item: T) => number): number {
  return items.reduce((total, item) => total + weight(item), 0);
}
