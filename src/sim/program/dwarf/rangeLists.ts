/** Address ranges of an entry (DWARF 5, 2.17). */
import { sound } from '../bigEndian.ts';
import { addressList, type AddressRange, RANGE_LISTS } from './addressLists.ts';
import { DW_AT } from './constants.ts';
import { type Entry, numberOf } from './entry.ts';
import type { Units } from './units.ts';

/** Where the code of an entry lies; nothing where it has none, or where the list is damaged. */
export function rangesOf(units: Units, entry: Entry): readonly AddressRange[] {
  return sound(() => (entry.attributes.has(DW_AT.ranges) ? listed(units, entry) : single(units, entry))) ?? [];
}

export function covers(ranges: readonly AddressRange[], address: number): boolean {
  return ranges.some(({ start, end }) => address >= start && address < end);
}

function listed(units: Units, entry: Entry): AddressRange[] {
  const ranges: AddressRange[] = [];
  for (const { range } of addressList(units, entry, DW_AT.ranges, RANGE_LISTS)) {
    if (range && range.end > range.start) ranges.push(range);
  }
  return ranges;
}

function single(units: Units, entry: Entry): AddressRange[] {
  const start = units.addressOf(entry, DW_AT.lowPc);
  // Since DWARF 4 the end may be written as a size.
  const end = units.addressOf(entry, DW_AT.highPc) ?? (start ?? 0) + (numberOf(entry, DW_AT.highPc) ?? 0);
  return start !== undefined && end > start ? [{ start, end }] : [];
}
