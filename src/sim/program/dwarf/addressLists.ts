/** Lists of address ranges, with an expression for each in those of locations: DWARF 5, 7.25 and 7.29; before it, DWARF 4, 2.17.3 and 2.6.2. */
import { OutOfBytes } from '../bigEndian.ts';
import { DW_AT } from './constants.ts';
import { Cursor } from './cursor.ts';
import { type Entry, offsetOf } from './entry.ts';
import { NO_BYTES } from './sections.ts';
import type { Unit, Units } from './units.ts';

/** From `start` up to but not including `end`. */
export interface AddressRange {
  readonly start: number;
  readonly end: number;
}

interface ListEntry {
  /** Undefined for what holds where nothing else does. */
  readonly range: AddressRange | undefined;
  /** Empty in lists of ranges. */
  readonly expression: Uint8Array;
}

type EntryKind = 'end' | 'baseIndex' | 'indices' | 'indexAndLength' | 'offsets' | 'default' | 'base' | 'addresses' | 'addressAndLength' | 'views';

/** One of both families of lists. */
interface ListFamily {
  /** The section of DWARF 5, which numbers the kinds of its entries. */
  readonly section: 'rnglists' | 'loclists';
  readonly kinds: readonly EntryKind[];
  readonly sectionBefore: 'ranges' | 'loc';
  readonly table: 'ranges' | 'locations';
  readonly hasExpressions: boolean;
}

export const RANGE_LISTS: ListFamily = {
  section: 'rnglists', sectionBefore: 'ranges', table: 'ranges', hasExpressions: false,
  kinds: ['end', 'baseIndex', 'indices', 'indexAndLength', 'offsets', 'base', 'addresses', 'addressAndLength'],
};

/** The last kind is of GNU: numbers of views, which tell apart locations at one address. */
export const LOCATION_LISTS: ListFamily = {
  section: 'loclists', sectionBefore: 'loc', table: 'locations', hasExpressions: true,
  kinds: ['end', 'baseIndex', 'indices', 'indexAndLength', 'offsets', 'default', 'base', 'addresses', 'addressAndLength', 'views'],
};

/** What the list of an attribute has, in its order; nothing where the attribute leads to none. Throws `OutOfBytes` at damage. */
export function* addressList(units: Units, entry: Entry, name: number, family: ListFamily): Generator<ListEntry, void> {
  const { unit } = entry;
  const offset = listOffset(units, entry, name, family);
  if (offset === undefined) return;
  yield* unit.version >= 5 ? readList(units, unit, offset, family) : readListBefore(units, unit, offset, family);
}

function listOffset(units: Units, entry: Entry, name: number, { section, table }: ListFamily): number | undefined {
  const value = entry.attributes.get(name);
  if (value?.kind !== 'index') return offsetOf(entry, name);
  const bytes = units.sections[section] ?? NO_BYTES;
  const { offsetSize } = entry.unit;
  const start = units.basesOf(entry.unit)[table];
  return start + new Cursor(bytes, start + value.value * offsetSize, bytes.length).unsigned(offsetSize);
}

function* readListBefore(units: Units, unit: Unit, offset: number, { sectionBefore, hasExpressions }: ListFamily): Generator<ListEntry, void> {
  const { addressSize } = unit;
  const bytes = units.sections[sectionBefore] ?? NO_BYTES;
  const cursor = new Cursor(bytes, offset, bytes.length);
  const largest = addressSize === 8 ? 2 ** 64 : 2 ** 32 - 1;
  let base = baseAddressOf(units, unit);
  for (;;) {
    const start = cursor.unsigned(addressSize);
    const end = cursor.unsigned(addressSize);
    if (start === 0 && end === 0) return;
    if (start >= largest) base = end;
    else yield { range: { start: base + start, end: base + end }, expression: hasExpressions ? cursor.block(cursor.unsigned(2)) : NO_BYTES };
  }
}

function* readList(units: Units, unit: Unit, offset: number, { section, kinds, hasExpressions }: ListFamily): Generator<ListEntry, void> {
  const bytes = units.sections[section] ?? NO_BYTES;
  const cursor = new Cursor(bytes, offset, bytes.length);
  const address = (): number => cursor.unsigned(unit.addressSize);
  const indexed = (): number => units.addressAt(unit, cursor.uleb()) ?? 0;
  const expression = (): Uint8Array => (hasExpressions ? cursor.block(cursor.uleb()) : NO_BYTES);
  const between = (start: number, end: number): ListEntry => ({ range: { start, end }, expression: expression() });
  const after = (start: number): ListEntry => between(start, start + cursor.uleb());
  let base = baseAddressOf(units, unit);
  for (;;) {
    const code = cursor.u8();
    switch (kinds[code]) {
      case 'end': return;
      case 'baseIndex':
        base = indexed();
        break;
      case 'base':
        base = address();
        break;
      case 'indices':
        yield between(indexed(), indexed());
        break;
      case 'indexAndLength':
        yield after(indexed());
        break;
      case 'offsets':
        yield between(base + cursor.uleb(), base + cursor.uleb());
        break;
      case 'default':
        yield { range: undefined, expression: expression() };
        break;
      case 'addresses':
        yield between(address(), address());
        break;
      case 'addressAndLength':
        yield after(address());
        break;
      case 'views':
        cursor.uleb();
        cursor.uleb();
        break;
      case undefined: throw new OutOfBytes(`entry ${String(code)} of a list in .debug_${section} does not exist`);
    }
  }
}

/** The lowest address of a unit's code: what its lists count from. */
function baseAddressOf(units: Units, unit: Unit): number {
  const root = units.rootOf(unit);
  return (root && units.addressOf(root, DW_AT.lowPc)) ?? 0;
}
