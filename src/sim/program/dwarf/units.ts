/** `.debug_info`: units and their trees of entries (DWARF 5, 7.5). Trees are read when they are first asked for, and kept. */
import { OutOfBytes, sound } from '../bigEndian.ts';
import { lastAtMost } from '../search.ts';
import { StringTable } from '../stringTable.ts';
import { type Abbreviation, Abbreviations } from './abbreviations.ts';
import { DW_AT } from './constants.ts';
import { Cursor } from './cursor.ts';
import type { Entry } from './entry.ts';
import { type FormValue, type Strings, type UnitFormat, readForm } from './forms.ts';
import { type DebugSections, NO_BYTES } from './sections.ts';

export interface Unit extends UnitFormat {
  /** In `.debug_info`, of the unit's header. */
  readonly offset: number;
  readonly end: number;
  readonly abbreviations: number;
  readonly rootOffset: number;
}

/** Where the tables of a unit begin that its indices count in. */
interface Bases {
  readonly strings: number;
  readonly addresses: number;
  readonly locations: number;
  readonly ranges: number;
}

const DW_UT = { compile: 1, partial: 3 } as const;
/** Nobody nests deeper; it keeps a damaged file from exhausting the stack. */
const DEEPEST = 200;

export class Units {
  readonly all: readonly Unit[];
  private readonly starts: readonly number[];
  readonly strings: Strings;
  private readonly abbreviations: Abbreviations;
  private readonly info: Uint8Array;
  private readonly roots = new Map<Unit, Entry | undefined>();
  private readonly trees = new Map<Unit, Tree>();
  private readonly bases = new Map<Unit, Bases>();

  constructor(readonly sections: DebugSections) {
    this.strings = { str: new StringTable(sections.str ?? NO_BYTES), lineStr: new StringTable(sections.line_str ?? NO_BYTES) };
    this.info = sections.info ?? NO_BYTES;
    this.abbreviations = new Abbreviations(sections.abbrev ?? NO_BYTES);
    this.all = readHeaders(this.info);
    this.starts = this.all.map(({ offset }) => offset);
  }

  /** The first entry of a unit, without its children; undefined where it is damaged. */
  rootOf(unit: Unit): Entry | undefined {
    if (!this.roots.has(unit)) this.roots.set(unit, sound(() => this.readRoot(unit)));
    return this.roots.get(unit);
  }

  /** The first entry of a unit with the whole tree below it. */
  treeOf(unit: Unit): Entry | undefined {
    return this.wholeTree(unit).root;
  }

  /** The entry at an offset in `.debug_info`, with its tree. */
  entryAt(offset: number): Entry | undefined {
    const unit = this.all[lastAtMost(this.starts, offset)];
    return unit && offset < unit.end ? this.wholeTree(unit).entries.get(offset) : undefined;
  }

  /** The entry that an attribute refers to. */
  referred(entry: Entry, name: number): Entry | undefined {
    const value = entry.attributes.get(name);
    if (value?.kind !== 'reference') return undefined;
    return this.entryAt(value.from === 'unit' ? entry.unit.offset + value.value : value.value);
  }

  /** Where indices of a unit count from: those of DWARF 5 follow the header of their table unless the unit says otherwise. */
  basesOf(unit: Unit): Bases {
    const known = this.bases.get(unit);
    if (known) return known;
    const root = this.rootOf(unit);
    const header = unit.offsetSize === 4 ? 8 : 16;
    const base = (name: number, otherwise: number): number => {
      const value = root?.attributes.get(name);
      return value?.kind === 'offset' ? value.value : otherwise;
    };
    const bases = {
      strings: base(DW_AT.stringOffsetsBase, header), addresses: base(DW_AT.addressBase, header),
      locations: base(DW_AT.locationListsBase, header + 4), ranges: base(DW_AT.rangeListsBase, header + 4),
    };
    this.bases.set(unit, bases);
    return bases;
  }

  /** The address with a number in the unit's table of `.debug_addr`. */
  addressAt(unit: Unit, index: number): number | undefined {
    const bytes = this.sections.addr ?? NO_BYTES;
    return sound(() => new Cursor(bytes, this.basesOf(unit).addresses + index * unit.addressSize, bytes.length).unsigned(unit.addressSize));
  }

  /** An address or the index of one. */
  addressOf(entry: Entry, name: number): number | undefined {
    const value = entry.attributes.get(name);
    if (value?.kind === 'index' && value.of === 'addresses') return this.addressAt(entry.unit, value.value);
    return value?.kind === 'address' ? value.value : undefined;
  }

  private readRoot(unit: Unit): Entry {
    const cursor = new Cursor(this.info, unit.rootOffset, unit.end);
    const abbreviation = this.abbreviations.tableAt(unit.abbreviations).get(cursor.uleb());
    if (!abbreviation) throw new OutOfBytes('the unit has no entry');
    const attributes = readAttributes(cursor, abbreviation, unit, this.strings);
    const root: Entry = { unit, offset: unit.rootOffset, tag: abbreviation.tag, attributes, parent: undefined, children: [] };
    this.roots.set(unit, root);
    this.nameStrings(unit, attributes);
    return root;
  }

  private wholeTree(unit: Unit): Tree {
    const known = this.trees.get(unit);
    if (known) return known;
    this.rootOf(unit);
    const reader = new TreeReader(this.info, unit, this.strings, (attributes) => { this.nameStrings(unit, attributes); });
    sound(() => { reader.read(this.abbreviations.tableAt(unit.abbreviations)); });
    const tree = { root: reader.root, entries: reader.entries };
    this.trees.set(unit, tree);
    return tree;
  }

  /** Texts that are written as numbers in `.debug_str_offsets` become texts. */
  private nameStrings(unit: Unit, attributes: Map<number, FormValue>): void {
    for (const [name, value] of attributes) {
      if (value.kind !== 'index' || value.of !== 'strings') continue;
      const bytes = this.sections.str_offsets ?? NO_BYTES;
      const text = sound(() => {
        const at = this.basesOf(unit).strings + value.value * unit.offsetSize;
        return this.strings.str.at(new Cursor(bytes, at, bytes.length).unsigned(unit.offsetSize));
      });
      if (text !== undefined) attributes.set(name, { kind: 'text', text });
    }
  }
}

interface Tree {
  readonly root: Entry | undefined;
  readonly entries: ReadonlyMap<number, Entry>;
}

function readHeaders(info: Uint8Array): Unit[] {
  const units: Unit[] = [];
  const cursor = new Cursor(info, 0, info.length);
  sound(() => {
    while (!cursor.atEnd) {
      const offset = cursor.offset;
      const { length, offsetSize } = cursor.unitLength();
      const end = cursor.offset + length;
      const unit = sound(() => readHeader(cursor.within(end), offset, end, offsetSize));
      if (unit) units.push(unit);
      cursor.advance(length);
    }
  });
  return units;
}

function readHeader(cursor: Cursor, offset: number, end: number, offsetSize: 4 | 8): Unit | undefined {
  const version = cursor.unsigned(2);
  if (version < 2 || version > 5) return undefined;
  const type = version === 5 ? cursor.u8() : DW_UT.compile;
  if (type !== DW_UT.compile && type !== DW_UT.partial) return undefined;
  const addressFirst = version === 5 ? cursor.u8() : 0;
  const abbreviations = cursor.unsigned(offsetSize);
  const addressSize = version === 5 ? addressFirst : cursor.u8();
  if (addressSize !== 4 && addressSize !== 8) return undefined;
  return { version, offsetSize, addressSize, offset, end: Math.min(end, cursor.end), abbreviations, rootOffset: cursor.offset };
}

function readAttributes(cursor: Cursor, { attributes: forms }: Abbreviation, unit: Unit, strings: Strings): Map<number, FormValue> {
  const attributes = new Map<number, FormValue>();
  for (const { name, form, constant } of forms) attributes.set(name, readForm(cursor, form, unit, strings, constant));
  return attributes;
}

class TreeReader {
  root: Entry | undefined;
  readonly entries = new Map<number, Entry>();
  private readonly cursor: Cursor;

  constructor(info: Uint8Array, private readonly unit: Unit, private readonly strings: Strings, private readonly nameStrings: (attributes: Map<number, FormValue>) => void) {
    this.cursor = new Cursor(info, unit.rootOffset, unit.end);
  }

  /** Throws `OutOfBytes` where the tree is damaged; what came before stays. */
  read(abbreviations: ReadonlyMap<number, Abbreviation>): void {
    this.readSiblings(abbreviations, undefined, [], 0);
  }

  private readSiblings(abbreviations: ReadonlyMap<number, Abbreviation>, parent: Entry | undefined, siblings: Entry[], depth: number): void {
    if (depth > DEEPEST) throw new OutOfBytes('the entries are nested too deeply');
    while (!this.cursor.atEnd) {
      const { offset } = this.cursor;
      const code = this.cursor.uleb();
      if (code === 0) return;
      const abbreviation = abbreviations.get(code);
      if (!abbreviation) throw new OutOfBytes(`abbreviation ${String(code)} does not exist`);
      const attributes = readAttributes(this.cursor, abbreviation, this.unit, this.strings);
      this.nameStrings(attributes);
      const children: Entry[] = [];
      const entry: Entry = { unit: this.unit, offset, tag: abbreviation.tag, attributes, parent, children };
      this.root ??= entry;
      this.entries.set(offset, entry);
      siblings.push(entry);
      if (abbreviation.hasChildren) this.readSiblings(abbreviations, entry, children, depth + 1);
      if (!parent) return;
    }
  }
}
