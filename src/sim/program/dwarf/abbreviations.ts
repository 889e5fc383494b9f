/** `.debug_abbrev`: how the entries of a unit are built (DWARF 5, 7.5.3). */
import { OutOfBytes } from '../bigEndian.ts';
import { Cursor } from './cursor.ts';

export interface AttributeForm {
  readonly name: number;
  readonly form: number;
  /** The value itself, of DW_FORM_implicit_const. */
  readonly constant: bigint;
}

export interface Abbreviation {
  readonly tag: number;
  readonly hasChildren: boolean;
  readonly attributes: readonly AttributeForm[];
}

const DW_FORM_IMPLICIT_CONST = 0x21;
/** Over all tables; sound files stay far below. */
const MOST_ABBREVIATIONS = 200_000;
const MOST_ATTRIBUTES = 200;

/** The tables of one file, each read when a unit first asks for it. */
export class Abbreviations {
  private read = 0;
  private readonly tables = new Map<number, ReadonlyMap<number, Abbreviation>>();

  constructor(private readonly bytes: Uint8Array) {}

  /** By their codes. Throws `OutOfBytes` for a damaged table. */
  tableAt(offset: number): ReadonlyMap<number, Abbreviation> {
    const known = this.tables.get(offset);
    if (known) return known;
    const table = new Map<number, Abbreviation>();
    this.tables.set(offset, table);
    const cursor = new Cursor(this.bytes, offset, this.bytes.length);
    for (let code = cursor.uleb(); code !== 0; code = cursor.uleb()) {
      this.read += 1;
      if (this.read > MOST_ABBREVIATIONS) throw new OutOfBytes('too many abbreviations');
      table.set(code, { tag: cursor.uleb(), hasChildren: cursor.u8() !== 0, attributes: readAttributes(cursor) });
    }
    return table;
  }
}

function readAttributes(cursor: Cursor): readonly AttributeForm[] {
  const attributes: AttributeForm[] = [];
  for (;;) {
    const name = cursor.uleb();
    const form = cursor.uleb();
    const constant = form === DW_FORM_IMPLICIT_CONST ? cursor.sleb64() : 0n;
    if (name === 0 && form === 0) return attributes;
    // Forms without bytes would let each entry of one byte have them all.
    if (attributes.length > MOST_ATTRIBUTES) throw new OutOfBytes('an abbreviation of too many attributes');
    attributes.push({ name, form, constant });
  }
}
