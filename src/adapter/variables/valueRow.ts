/** What is inside a value of an expression: the parts of a vector. */
import type { Value } from '../evaluate/value.ts';
import type { Container } from './container.ts';
import { laneRows } from './vectorLanes.ts';

const VECTOR_BITS = 128;

export function valueRow(value: Value): Container | undefined {
  return value.kind === 'vector' ? laneRows({ name: 'value', bits: VECTOR_BITS, kind: 'vector', get: () => value.value, set: undefined }) : undefined;
}
