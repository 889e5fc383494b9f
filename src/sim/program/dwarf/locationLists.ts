/** Where the value of an entry is at an address of the program: one expression, or a list of them: `.debug_loc`, `.debug_loclists` (DWARF 5, 2.6.2 and 7.29). */
import { OutOfBytes } from '../bigEndian.ts';
import { Cursor } from './cursor.ts';
import { type Entry, offsetOf } from './entry.ts';
import { baseAddressOf } from './rangeLists.ts';
import { NO_BYTES } from './sections.ts';
import type { Unit, Units } from './units.ts';

const DW_LLE = {
  endOfList: 0, baseAddressx: 1, startxEndx: 2, startxLength: 3, offsetPair: 4, defaultLocation: 5, baseAddress: 6, startEnd: 7, startLength: 8,
  viewPair: 9,
} as const;

/** The expression of a location attribute at `pc`; undefined where the list has none for it: the compiler keeps no value there. Throws `OutOfBytes` for a damaged list. */
export function locationAt(units: Units, entry: Entry, name: number, pc: number): Uint8Array | undefined {
  const value = entry.attributes.get(name);
  if (value?.kind === 'block') return value.bytes;
  const { unit } = entry;
  const base = baseAddressOf(units, unit);
  if (value?.kind === 'index') {
    const bytes = units.sections.loclists ?? NO_BYTES;
    const table = units.basesOf(unit).locations;
    const offset = new Cursor(bytes, table + value.value * unit.offsetSize, bytes.length).unsigned(unit.offsetSize);
    return findInLists(units, unit, table + offset, base, pc);
  }
  const offset = offsetOf(entry, name);
  if (offset === undefined) return undefined;
  return unit.version >= 5 ? findInLists(units, unit, offset, base, pc) : findInOldList(units.sections.loc ?? NO_BYTES, unit, offset, base, pc);
}

function findInOldList(bytes: Uint8Array, { addressSize }: Unit, offset: number, unitBase: number, pc: number): Uint8Array | undefined {
  const cursor = new Cursor(bytes, offset, bytes.length);
  const largest = addressSize === 8 ? 2 ** 64 : 2 ** 32 - 1;
  let base = unitBase;
  for (;;) {
    const start = cursor.unsigned(addressSize);
    const end = cursor.unsigned(addressSize);
    if (start === 0 && end === 0) return undefined;
    if (start >= largest) {
      base = end;
      continue;
    }
    const expression = cursor.block(cursor.unsigned(2));
    if (pc >= base + start && pc < base + end) return expression;
  }
}

function findInLists(units: Units, unit: Unit, offset: number, unitBase: number, pc: number): Uint8Array | undefined {
  const bytes = units.sections.loclists ?? NO_BYTES;
  const cursor = new Cursor(bytes, offset, bytes.length);
  const address = (): number => cursor.unsigned(unit.addressSize);
  const indexed = (): number => units.addressAt(unit, cursor.uleb()) ?? 0;
  const matches = (start: number, end: number): Uint8Array | undefined => {
    const expression = cursor.block(cursor.uleb());
    return pc >= start && pc < end ? expression : undefined;
  };
  let base = unitBase;
  let otherwise: Uint8Array | undefined;
  for (;;) {
    const kind = cursor.u8();
    let found: Uint8Array | undefined;
    switch (kind) {
      case DW_LLE.endOfList: return otherwise;
      case DW_LLE.baseAddressx:
        base = indexed();
        break;
      case DW_LLE.startxEndx:
        found = matches(indexed(), indexed());
        break;
      case DW_LLE.startxLength: {
        const start = indexed();
        found = matches(start, start + cursor.uleb());
        break;
      }
      case DW_LLE.offsetPair:
        found = matches(base + cursor.uleb(), base + cursor.uleb());
        break;
      case DW_LLE.defaultLocation:
        otherwise = cursor.block(cursor.uleb());
        break;
      case DW_LLE.baseAddress:
        base = address();
        break;
      case DW_LLE.startEnd:
        found = matches(address(), address());
        break;
      case DW_LLE.startLength: {
        const start = address();
        found = matches(start, start + cursor.uleb());
        break;
      }
      case DW_LLE.viewPair: // GNU: numbers of views, which tell apart locations at one address.
        cursor.uleb();
        cursor.uleb();
        break;
      default: throw new OutOfBytes(`location list entry ${String(kind)} does not exist`);
    }
    if (found) return found;
  }
}
