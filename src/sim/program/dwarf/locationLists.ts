/** Where the value of an entry is at an address of the program: one expression, or a list of them (DWARF 5, 2.6.2). */
import { addressList, LOCATION_LISTS } from './addressLists.ts';
import type { Entry } from './entry.ts';
import type { Units } from './units.ts';

/** The expression of a location attribute at `pc`; undefined where the list has none for it: the compiler keeps no value there. Throws `OutOfBytes` for a damaged list. */
export function locationAt(units: Units, entry: Entry, name: number, pc: number): Uint8Array | undefined {
  const value = entry.attributes.get(name);
  if (value?.kind === 'block') return value.bytes;
  let otherwise: Uint8Array | undefined;
  for (const { range, expression } of addressList(units, entry, name, LOCATION_LISTS)) {
    if (!range) otherwise = expression;
    else if (pc >= range.start && pc < range.end) return expression;
  }
  return otherwise;
}
