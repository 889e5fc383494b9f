/** What has a name outside of functions: variables, types, enumerators. */
import { DW_AT, DW_TAG } from './constants.ts';
import { type Entry, flagOf, textOf } from './entry.ts';
import type { Unit, Units } from './units.ts';

const TYPE_TAGS: ReadonlySet<number> = new Set([DW_TAG.baseType, DW_TAG.typedef, DW_TAG.structureType, DW_TAG.unionType, DW_TAG.classType, DW_TAG.enumerationType]);
const KEYWORDS: Readonly<Record<string, number>> = { struct: DW_TAG.structureType, union: DW_TAG.unionType, class: DW_TAG.classType, enum: DW_TAG.enumerationType };

export class Globals {
  private readonly variablesOfUnit = new Map<Unit, readonly Entry[]>();

  constructor(private readonly units: Units) {}

  /** Variables of a unit's files, defined there. */
  variables(unit: Unit): readonly Entry[] {
    const known = this.variablesOfUnit.get(unit);
    if (known) return known;
    const found = (this.units.treeOf(unit)?.children ?? []).filter((entry) => (
      entry.tag === DW_TAG.variable && (entry.attributes.has(DW_AT.location) || entry.attributes.has(DW_AT.constValue))
    ));
    this.variablesOfUnit.set(unit, found);
    return found;
  }

  /** By its name: of the unit itself before those of others, of which only what is visible everywhere counts first. */
  variable(name: string, unit: Unit | undefined): Entry | undefined {
    const own = unit && this.variables(unit).find((entry) => this.nameOf(entry) === name);
    if (own) return own;
    let hidden: Entry | undefined;
    for (const other of this.units.all) {
      for (const entry of this.variables(other)) {
        if (this.nameOf(entry) !== name) continue;
        if (flagOf(this.declarationOf(entry), DW_AT.external)) return entry;
        hidden ??= entry;
      }
    }
    return hidden;
  }

  nameOf(entry: Entry): string | undefined {
    return textOf(entry, DW_AT.name) ?? textOf(this.declarationOf(entry), DW_AT.name);
  }

  /** What says the type and the name of a variable that is declared apart from its definition. */
  declarationOf(entry: Entry): Entry {
    return this.units.referred(entry, DW_AT.specification) ?? entry;
  }

  /** `unsigned int`, `struct point`, `size_t`. */
  type(name: string, unit: Unit | undefined): Entry | undefined {
    const [, keyword, plain = name] = /^(struct|union|class|enum)\s+(.*)$/.exec(name) ?? [];
    const tag = keyword === undefined ? undefined : KEYWORDS[keyword];
    const matches = (entry: Entry): boolean => textOf(entry, DW_AT.name) === plain && !flagOf(entry, DW_AT.declaration)
      && (tag === undefined ? entry.tag === DW_TAG.baseType || entry.tag === DW_TAG.typedef : entry.tag === tag) && TYPE_TAGS.has(entry.tag);
    return this.find(unit, matches);
  }

  /** The value of an enumeration's name. */
  enumerator(name: string, unit: Unit | undefined): Entry | undefined {
    const has = (entry: Entry): boolean => entry.tag === DW_TAG.enumerationType && entry.children.some((value) => textOf(value, DW_AT.name) === name);
    return this.find(unit, has);
  }

  private find(unit: Unit | undefined, matches: (entry: Entry) => boolean): Entry | undefined {
    const own = unit && this.units.treeOf(unit)?.children.find(matches);
    if (own) return own;
    for (const other of this.units.all) {
      const found = this.units.treeOf(other)?.children.find(matches);
      if (found) return found;
    }
    return undefined;
  }
}
