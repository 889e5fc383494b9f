/** Attribute forms: how a value is written. DWARF 5, 7.5.6, table 7.6. */
import { OutOfBytes } from '../bigEndian.ts';
import type { StringTable } from '../stringTable.ts';
import type { Cursor } from './cursor.ts';

/** What a form needs to know about its unit. */
export interface UnitFormat {
  readonly version: number;
  readonly offsetSize: 4 | 8;
  readonly addressSize: number;
}

/** The string sections that forms point into. */
export interface Strings {
  readonly str: StringTable;
  readonly lineStr: StringTable;
}

export type FormValue =
  | { readonly kind: 'address'; readonly value: number }
  /** Flags are 0 and 1. `bytes` is how many it was written in, 0 where it says its length itself. */
  | { readonly kind: 'constant'; readonly value: bigint; readonly bytes: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'block'; readonly bytes: Uint8Array }
  /** An entry, by its offset in its unit or in the section. */
  | { readonly kind: 'reference'; readonly value: number; readonly from: 'unit' | 'section' }
  /** An offset in another section. */
  | { readonly kind: 'offset'; readonly value: number }
  /** A place in a table of the unit. */
  | { readonly kind: 'index'; readonly of: 'strings' | 'addresses' | 'locations' | 'ranges'; readonly value: number }
  /** In another file, or in a type unit. */
  | { readonly kind: 'elsewhere' };

const CONSTANT_BYTES: Readonly<Record<number, number>> = { 0x05: 2, 0x06: 4, 0x07: 8, 0x0b: 1, 0x0c: 1, 0x1e: 16 }; // data2, 4, 8, 1, flag, data16
const REFERENCE_BYTES: Readonly<Record<number, number>> = { 0x11: 1, 0x12: 2, 0x13: 4, 0x14: 8 }; // ref1 to ref8
const ELSEWHERE_BYTES: Readonly<Record<number, number>> = { 0x1c: 4, 0x20: 8, 0x24: 8 }; // ref_sup4, ref_sig8, ref_sup8
const STRING_INDEX_BYTES: Readonly<Record<number, number>> = { 0x25: 1, 0x26: 2, 0x27: 3, 0x28: 4 }; // strx1 to strx4
const ADDRESS_INDEX_BYTES: Readonly<Record<number, number>> = { 0x29: 1, 0x2a: 2, 0x2b: 3, 0x2c: 4 }; // addrx1 to addrx4

/** Reads one value; throws `OutOfBytes` for a form that does not exist. The value of an implicit constant is in its abbreviation. */
export function readForm(cursor: Cursor, form: number, unit: UnitFormat, strings: Strings, implicit = 0n): FormValue {
  return fixedForm(cursor, form) ?? variableForm(cursor, form, unit, strings, implicit);
}

function fixedForm(cursor: Cursor, form: number): FormValue | undefined {
  const constant = CONSTANT_BYTES[form];
  if (constant !== undefined) return { kind: 'constant', value: cursor.unsigned64(constant), bytes: constant };
  const reference = REFERENCE_BYTES[form];
  if (reference !== undefined) return { kind: 'reference', value: cursor.unsigned(reference), from: 'unit' };
  const string = STRING_INDEX_BYTES[form];
  if (string !== undefined) return { kind: 'index', of: 'strings', value: cursor.unsigned(string) };
  const address = ADDRESS_INDEX_BYTES[form];
  if (address !== undefined) return { kind: 'index', of: 'addresses', value: cursor.unsigned(address) };
  const elsewhere = ELSEWHERE_BYTES[form];
  if (elsewhere === undefined) return undefined;
  cursor.advance(elsewhere);
  return { kind: 'elsewhere' };
}

function variableForm(cursor: Cursor, form: number, unit: UnitFormat, strings: Strings, implicit: bigint): FormValue {
  switch (form) {
    case 0x01: return { kind: 'address', value: cursor.unsigned(unit.addressSize) }; // addr
    case 0x03: return block(cursor, cursor.unsigned(2)); // block2
    case 0x04: return block(cursor, cursor.unsigned(4)); // block4
    case 0x08: return { kind: 'text', text: cursor.text() }; // string
    case 0x09: // block
    case 0x18: return block(cursor, cursor.uleb()); // exprloc
    case 0x0a: return block(cursor, cursor.u8()); // block1
    case 0x0d: return { kind: 'constant', value: cursor.sleb64(), bytes: 0 }; // sdata
    case 0x0e: return { kind: 'text', text: strings.str.at(cursor.unsigned(unit.offsetSize)) }; // strp
    case 0x0f: return { kind: 'constant', value: cursor.uleb64(), bytes: 0 }; // udata
    case 0x10: return { kind: 'reference', value: cursor.unsigned(unit.version === 2 ? unit.addressSize : unit.offsetSize), from: 'section' }; // ref_addr
    case 0x15: return { kind: 'reference', value: cursor.uleb(), from: 'unit' }; // ref_udata
    case 0x16: return readForm(cursor, directForm(cursor), unit, strings); // indirect
    case 0x17: return { kind: 'offset', value: cursor.unsigned(unit.offsetSize) }; // sec_offset
    case 0x19: return { kind: 'constant', value: 1n, bytes: 0 }; // flag_present
    case 0x1a: return { kind: 'index', of: 'strings', value: cursor.uleb() }; // strx
    case 0x1b: return { kind: 'index', of: 'addresses', value: cursor.uleb() }; // addrx
    case 0x1d: // strp_sup
      cursor.advance(unit.offsetSize);
      return { kind: 'elsewhere' };
    case 0x1f: return { kind: 'text', text: strings.lineStr.at(cursor.unsigned(unit.offsetSize)) }; // line_strp
    case 0x21: return { kind: 'constant', value: implicit, bytes: 0 }; // implicit_const
    case 0x22: return { kind: 'index', of: 'locations', value: cursor.uleb() }; // loclistx
    case 0x23: return { kind: 'index', of: 'ranges', value: cursor.uleb() }; // rnglistx
    default: throw new OutOfBytes(`form ${String(form)} does not exist`);
  }
}

/** A form that names another indirect one would have no end. */
function directForm(cursor: Cursor): number {
  const form = cursor.uleb();
  if (form === 0x16 || form === 0x21) throw new OutOfBytes('a form that leads nowhere');
  return form;
}

function block(cursor: Cursor, size: number): FormValue {
  return { kind: 'block', bytes: cursor.block(size) };
}
