/** One debugging information entry and its attributes (DWARF 5, 2.1). */
import type { FormValue } from './forms.ts';
import type { Unit } from './units.ts';

export interface Entry {
  readonly unit: Unit;
  /** In `.debug_info`. */
  readonly offset: number;
  readonly tag: number;
  readonly attributes: ReadonlyMap<number, FormValue>;
  readonly parent: Entry | undefined;
  readonly children: readonly Entry[];
}

export function textOf({ attributes }: Entry, name: number): string | undefined {
  const value = attributes.get(name);
  return value?.kind === 'text' ? value.text : undefined;
}

export function constantOf({ attributes }: Entry, name: number): bigint | undefined {
  const value = attributes.get(name);
  return value?.kind === 'constant' ? value.value : undefined;
}

export function numberOf(entry: Entry, name: number): number | undefined {
  const value = constantOf(entry, name);
  return value === undefined ? undefined : Number(value);
}

export function flagOf(entry: Entry, name: number): boolean {
  return constantOf(entry, name) === 1n;
}

/** An offset in another section. Before DWARF 4 it was written as a constant of 4 or 8 bytes. */
export function offsetOf({ attributes }: Entry, name: number): number | undefined {
  const value = attributes.get(name);
  if (value?.kind === 'offset') return value.value;
  return value?.kind === 'constant' && (value.bytes === 4 || value.bytes === 8) ? Number(value.value) : undefined;
}
