/** What is inside a value of an expression: the parts of a vector, of a structure, of an array, what a pointer leads to. */
import { insideOf, type RowContext } from '../c/rows.ts';
import type { Value } from '../evaluate/value.ts';
import { type Container, withNotation } from './container.ts';
import type { NumberFormat } from './format.ts';
import { laneRows } from './vectorLanes.ts';

const VECTOR_BITS = 128;

export function valueRow(value: Value, expression: string, context: RowContext | undefined, { notation }: NumberFormat): Container | undefined {
  const inside = plainRow(value, expression, context);
  return inside && notation ? withNotation(inside, notation) : inside;
}

function plainRow(value: Value, expression: string, context: RowContext | undefined): Container | undefined {
  if (value.kind === 'object') return context && insideOf(value.object, expression, context);
  return value.kind === 'vector' ? laneRows({ name: 'value', bits: VECTOR_BITS, kind: 'vector', get: () => value.value, set: undefined }) : undefined;
}
