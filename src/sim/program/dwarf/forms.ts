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

/** A number or a string where the form has one that can be told without further sections. */
export type FormValue = number | string | undefined;

export const DW_FORM_IMPLICIT_CONST = 0x21;

const FIXED_SIZES: Readonly<Record<number, number>> = {
  0x05: 2, 0x06: 4, 0x07: 8, 0x0b: 1, 0x0c: 1, // data2, data4, data8, data1, flag
  0x11: 1, 0x12: 2, 0x13: 4, 0x14: 8, // ref1, ref2, ref4, ref8
  0x1c: 4, 0x20: 8, 0x24: 8, // ref_sup4, ref_sig8, ref_sup8
  0x25: 1, 0x26: 2, 0x27: 3, 0x28: 4, // strx1 to strx4
  0x29: 1, 0x2a: 2, 0x2b: 3, 0x2c: 4, // addrx1 to addrx4
};

/** Reads one value; throws `OutOfBytes` for a form that does not exist. */
export function readForm(cursor: Cursor, form: number, unit: UnitFormat, strings: Strings): FormValue {
  const size = FIXED_SIZES[form];
  if (size !== undefined) return cursor.unsigned(size);
  switch (form) {
    case 0x01: return cursor.unsigned(unit.addressSize); // addr
    case 0x03: return skip(cursor, cursor.unsigned(2)); // block2
    case 0x04: return skip(cursor, cursor.unsigned(4)); // block4
    case 0x08: return cursor.text(); // string
    case 0x09: // block
    case 0x18: return skip(cursor, cursor.uleb()); // exprloc
    case 0x0a: return skip(cursor, cursor.u8()); // block1
    case 0x0d: return cursor.sleb(); // sdata
    case 0x0e: return strings.str.at(cursor.unsigned(unit.offsetSize)); // strp
    case 0x1f: return strings.lineStr.at(cursor.unsigned(unit.offsetSize)); // line_strp
    case 0x10: return cursor.unsigned(unit.version === 2 ? unit.addressSize : unit.offsetSize); // ref_addr
    case 0x16: return readForm(cursor, cursor.uleb(), unit, strings); // indirect
    case 0x17: return cursor.unsigned(unit.offsetSize); // sec_offset
    case 0x1d: return skip(cursor, unit.offsetSize); // strp_sup
    case 0x19: return 1; // flag_present
    case 0x1e: return skip(cursor, 16); // data16
    case 0x0f: // udata
    case 0x15: return cursor.uleb(); // ref_udata
    case 0x1a: // strx
    case 0x1b: // addrx
    case 0x22: // loclistx
    case 0x23: // rnglistx
      cursor.uleb();
      return undefined;
    default: throw new OutOfBytes(`form ${String(form)} does not exist`);
  }
}

/** Steps over a value that nobody asks for. */
function skip(cursor: Cursor, size: number): FormValue {
  cursor.advance(size);
  return undefined;
}
