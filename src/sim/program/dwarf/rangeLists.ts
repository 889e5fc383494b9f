/** Address ranges of an entry: `.debug_ranges` (DWARF 4, 2.17.3) and `.debug_rnglists` (DWARF 5, 2.17.3 and 7.25). */
import { OutOfBytes } from '../bigEndian.ts';
import { DW_AT } from './constants.ts';
import { Cursor } from './cursor.ts';
import { type Entry, numberOf, offsetOf } from './entry.ts';
import { NO_BYTES } from './sections.ts';
import type { Unit, Units } from './units.ts';

/** From `start` up to but not including `end`. */
export interface AddressRange {
  readonly start: number;
  readonly end: number;
}

const DW_RLE = { endOfList: 0, baseAddressx: 1, startxEndx: 2, startxLength: 3, offsetPair: 4, baseAddress: 5, startEnd: 6, startLength: 7 } as const;

/** Where the code of an entry lies; nothing where it has none, or where the list is damaged. */
export function rangesOf(units: Units, entry: Entry): readonly AddressRange[] {
  try {
    const list = entry.attributes.get(DW_AT.ranges);
    if (list) return readList(units, entry);
    const start = units.addressOf(entry, DW_AT.lowPc);
    // Since DWARF 4 the end may be written as a size.
    const end = units.addressOf(entry, DW_AT.highPc) ?? (start ?? 0) + (numberOf(entry, DW_AT.highPc) ?? 0);
    return start !== undefined && end > start ? [{ start, end }] : [];
  } catch (error) {
    if (error instanceof OutOfBytes) return [];
    throw error;
  }
}

export function covers(ranges: readonly AddressRange[], address: number): boolean {
  return ranges.some(({ start, end }) => address >= start && address < end);
}

/** The lowest address of a unit's code: what its lists count from. */
export function baseAddressOf(units: Units, unit: Unit): number {
  const root = units.rootOf(unit);
  return (root && units.addressOf(root, DW_AT.lowPc)) ?? 0;
}

function readList(units: Units, entry: Entry): AddressRange[] {
  const { unit } = entry;
  const base = baseAddressOf(units, unit);
  const value = entry.attributes.get(DW_AT.ranges);
  if (value?.kind === 'index') {
    const bytes = units.sections.rnglists ?? NO_BYTES;
    const table = units.basesOf(unit).ranges;
    const offset = new Cursor(bytes, table + value.value * unit.offsetSize, bytes.length).unsigned(unit.offsetSize);
    return readRangeLists(units, unit, table + offset, base);
  }
  const offset = offsetOf(entry, DW_AT.ranges);
  if (offset === undefined) return [];
  return unit.version >= 5 ? readRangeLists(units, unit, offset, base) : readRanges(units.sections.ranges ?? NO_BYTES, unit, offset, base);
}

function readRanges(bytes: Uint8Array, { addressSize }: Unit, offset: number, unitBase: number): AddressRange[] {
  const ranges: AddressRange[] = [];
  const cursor = new Cursor(bytes, offset, bytes.length);
  const largest = addressSize === 8 ? 2 ** 64 : 2 ** 32 - 1;
  let base = unitBase;
  for (;;) {
    const start = cursor.unsigned(addressSize);
    const end = cursor.unsigned(addressSize);
    if (start === 0 && end === 0) return ranges;
    if (start >= largest) base = end;
    else if (end > start) ranges.push({ start: base + start, end: base + end });
  }
}

function readRangeLists(units: Units, unit: Unit, offset: number, unitBase: number): AddressRange[] {
  const bytes = units.sections.rnglists ?? NO_BYTES;
  const cursor = new Cursor(bytes, offset, bytes.length);
  const ranges: AddressRange[] = [];
  const add = (start: number, end: number): void => { if (end > start) ranges.push({ start, end }); };
  const indexed = (): number => units.addressAt(unit, cursor.uleb()) ?? 0;
  const address = (): number => cursor.unsigned(unit.addressSize);
  let base = unitBase;
  for (;;) {
    const kind = cursor.u8();
    switch (kind) {
      case DW_RLE.endOfList: return ranges;
      case DW_RLE.baseAddressx:
        base = indexed();
        break;
      case DW_RLE.startxEndx:
        add(indexed(), indexed());
        break;
      case DW_RLE.startxLength: {
        const start = indexed();
        add(start, start + cursor.uleb());
        break;
      }
      case DW_RLE.offsetPair:
        add(base + cursor.uleb(), base + cursor.uleb());
        break;
      case DW_RLE.baseAddress:
        base = address();
        break;
      case DW_RLE.startEnd:
        add(address(), address());
        break;
      case DW_RLE.startLength: {
        const start = address();
        add(start, start + cursor.uleb());
        break;
      }
      default: throw new OutOfBytes(`range list entry ${String(kind)} does not exist`);
    }
  }
}
