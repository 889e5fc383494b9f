/**
 * `hits` in the condition of a filter: how many faults there were for which the rest of the condition holds,
 * this one included. `hits >= 3 && ea == 0x10` begins to stop at the third fault at that address.
 */
import type { Expression } from '../evaluate/expression.ts';

export const HITS = 'hits';

/** A condition as the terms that `&&` joins: those that decide what counts as a hit, and those about the number of hits. */
export interface CountedCondition {
  readonly plain: readonly Expression[];
  readonly counted: readonly Expression[];
}

export function countedCondition(condition: Expression): CountedCondition {
  const terms = termsOf(condition);
  return { plain: terms.filter((term) => !speaksOfHits(term)), counted: terms.filter(speaksOfHits) };
}

function termsOf(expression: Expression): Expression[] {
  if (expression.kind === 'binary' && expression.operator === '&&') return [...termsOf(expression.left), ...termsOf(expression.right)];
  return [expression];
}

function speaksOfHits(expression: Expression): boolean {
  switch (expression.kind) {
    case 'name': return expression.name === HITS;
    case 'unary':
    case 'address':
    case 'cast':
      return speaksOfHits(expression.operand);
    case 'member': return speaksOfHits(expression.object);
    case 'index': return speaksOfHits(expression.object) || speaksOfHits(expression.index);
    case 'size': return expression.of.kind !== 'type' && speaksOfHits(expression.of);
    case 'binary': return speaksOfHits(expression.left) || speaksOfHits(expression.right);
    case 'memory': return speaksOfHits(expression.address);
    case 'assign': return speaksOfHits(expression.target) || speaksOfHits(expression.value);
    case 'integer':
    case 'float':
    case 'text':
      return false;
  }
}
