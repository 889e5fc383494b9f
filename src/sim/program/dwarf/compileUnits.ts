/**
 * Where each compilation ran: before DWARF 5 the line table does not say what its relative
 * paths are relative to, only the unit's first entry in `.debug_info` does (DWARF 4, 3.1.1).
 */
import { OutOfBytes } from '../bigEndian.ts';
import { Cursor } from './cursor.ts';
import { DW_FORM_IMPLICIT_CONST, type FormValue, type Strings, type UnitFormat, readForm } from './forms.ts';

const DW_AT_STMT_LIST = 0x10;
const DW_AT_COMP_DIR = 0x1b;
const DW_UT_COMPILE = 1;
/** Over all units; their first entry is declared near the front, so sound files stay far below. */
const MOST_DECLARATIONS = 100_000;

interface Declaration {
  readonly attributes: readonly { readonly name: number; readonly form: number }[];
}

/** Compilation directories by the offset of their unit in `.debug_line`. What is damaged is left out. */
export function compileDirectories(info: Uint8Array, abbrev: Uint8Array, strings: Strings): ReadonlyMap<number, string> {
  const directories = new Map<number, string>();
  const declarations = new Declarations(abbrev);
  const cursor = new Cursor(info, 0, info.length);
  try {
    while (!cursor.atEnd) {
      const { length, offsetSize } = cursor.unitLength();
      const end = cursor.offset + length;
      readUnit(cursor.within(end), offsetSize, declarations, strings, directories);
      cursor.advance(length);
    }
  } catch (error) {
    if (!(error instanceof OutOfBytes)) throw error;
  }
  return directories;
}

function readUnit(cursor: Cursor, offsetSize: 4 | 8, declarations: Declarations, strings: Strings, directories: Map<number, string>): void {
  const version = cursor.unsigned(2);
  if (version < 2 || version > 5) return;
  if (version === 5 && cursor.u8() !== DW_UT_COMPILE) return;
  const addressFirst = version === 5 ? cursor.u8() : 0;
  const abbrevOffset = cursor.unsigned(offsetSize);
  const unit: UnitFormat = { version, offsetSize, addressSize: version === 5 ? addressFirst : cursor.u8() };
  const declaration = declarations.find(abbrevOffset, cursor.uleb());
  let directory: FormValue;
  let lines: FormValue;
  for (const { name, form } of declaration?.attributes ?? []) {
    if (form === DW_FORM_IMPLICIT_CONST) continue;
    const value = readForm(cursor, form, unit, strings);
    if (name === DW_AT_COMP_DIR) directory = value;
    if (name === DW_AT_STMT_LIST) lines = value;
  }
  if (typeof directory === 'string' && typeof lines === 'number') directories.set(lines, directory);
}

/** Looks up how an entry is built (DWARF 5, 7.5.3). */
class Declarations {
  private read = 0;
  private readonly known = new Map<string, Declaration | undefined>();

  constructor(private readonly abbrev: Uint8Array) {}

  find(offset: number, code: number): Declaration | undefined {
    const key = `${String(offset)}:${String(code)}`;
    if (!this.known.has(key)) this.known.set(key, this.search(offset, code));
    return this.known.get(key);
  }

  private search(offset: number, code: number): Declaration | undefined {
    const cursor = new Cursor(this.abbrev, offset, this.abbrev.length);
    for (let found = cursor.uleb(); found !== 0; found = cursor.uleb()) {
      this.read += 1;
      if (this.read > MOST_DECLARATIONS) throw new OutOfBytes('too many declarations');
      cursor.uleb();
      cursor.u8();
      const attributes = readAttributes(cursor);
      if (found === code) return { attributes };
    }
    return undefined;
  }
}

function readAttributes(cursor: Cursor): Declaration['attributes'] {
  const attributes: { name: number; form: number }[] = [];
  for (;;) {
    const name = cursor.uleb();
    const form = cursor.uleb();
    if (form === DW_FORM_IMPLICIT_CONST) cursor.sleb();
    if (name === 0 && form === 0) return attributes;
    attributes.push({ name, form });
  }
}
