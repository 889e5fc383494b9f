/** Functions, the blocks and inlined functions in them, and the variables that can be seen from an address (DWARF 5, chapters 3 and 4). */
import { lastAtMost } from '../search.ts';
import type { AddressRange } from './addressLists.ts';
import { DW_AT, DW_TAG } from './constants.ts';
import { type Entry, flagOf, numberOf, textOf } from './entry.ts';
import { DW_OP } from './operations.ts';
import { covers, rangesOf } from './rangeLists.ts';
import type { Unit, Units } from './units.ts';

/** A function whose code an address is in: the one that the program called, or one that was inlined in it. */
export interface Activation {
  readonly entry: Entry;
  readonly name: string;
  readonly ranges: readonly AddressRange[];
  /** The line of the call, of an inlined function; its file as a number of the unit's line table. */
  readonly call: { readonly file: number; readonly line: number; readonly column: number } | undefined;
  /** Blocks around the address in this function, innermost first; the function itself is the last. */
  readonly blocks: readonly Entry[];
}

export class Functions {
  private readonly rangesOfEntry = new Map<Entry, readonly AddressRange[]>();
  private unitsByAddress: { readonly starts: readonly number[]; readonly entries: readonly { readonly unit: Unit; readonly end: number }[] } | undefined;

  constructor(private readonly units: Units) {}

  /** Innermost first: inlined functions, then the function that has the code. Empty where no debug information tells. */
  at(address: number): readonly Activation[] {
    const unit = this.unitAt(address);
    const tree = unit && this.units.treeOf(unit);
    if (!tree) return [];
    const chain = this.chain(tree.children, address);
    const activations: Activation[] = [];
    let blocks: Entry[] = [];
    for (const entry of chain) {
      blocks.unshift(entry);
      if (entry.tag !== DW_TAG.lexicalBlock) {
        activations.unshift(this.activation(entry, blocks));
        blocks = [];
        continue;
      }
      // The block belongs to the function before it, whose innermost one it is now.
      const owner = activations.shift();
      if (owner) activations.unshift({ ...owner, blocks: [entry, ...owner.blocks] });
      blocks = [];
    }
    return activations;
  }

  /**
   * The function that begins at an address, where its prologue has to run before its variables are right: one that was not
   * optimised says one place in its frame for the whole function, an optimised one a list that is right from the first instruction.
   */
  withPrologue(address: number): Activation | undefined {
    const owner = this.at(address).at(-1);
    if (owner?.ranges[0]?.start !== address) return undefined;
    const isInFrame = (entry: Entry): boolean => {
      const location = entry.attributes.get(DW_AT.location);
      return location?.kind === 'block' && location.bytes[0] === DW_OP.fbreg;
    };
    return variablesIn(owner.entry).some(isInFrame) ? owner : undefined;
  }

  /** The unit whose code an address is in. */
  unitAt(address: number): Unit | undefined {
    const { starts, entries } = this.unitsByAddress ??= this.indexUnits();
    const found = entries[lastAtMost(starts, address)];
    return found && address < found.end ? found.unit : undefined;
  }

  /** Where the code of each inlined copy of a function begins. */
  inlinedAt(name: string): readonly number[] {
    const found: number[] = [];
    const search = (entries: readonly Entry[]): void => {
      for (const entry of entries) {
        if (entry.tag === DW_TAG.inlinedSubroutine && this.nameOf(entry) === name) {
          const start = this.units.addressOf(entry, DW_AT.entryPc) ?? this.ranges(entry)[0]?.start;
          if (start !== undefined) found.push(start);
        }
        if (entry.tag === DW_TAG.subprogram || entry.tag === DW_TAG.lexicalBlock || entry.tag === DW_TAG.inlinedSubroutine) search(entry.children);
      }
    };
    for (const unit of this.units.all) search(this.units.treeOf(unit)?.children ?? []);
    return found;
  }

  /** The function that an entry stands for: an inlined copy refers to it, a definition to its declaration. */
  originOf(entry: Entry): Entry {
    let origin = entry;
    for (let i = 0; i < 8; i += 1) {
      const further = this.units.referred(origin, DW_AT.abstractOrigin) ?? this.units.referred(origin, DW_AT.specification);
      if (!further) return origin;
      origin = further;
    }
    return origin;
  }

  nameOf(entry: Entry): string | undefined {
    return textOf(entry, DW_AT.name) ?? textOf(this.originOf(entry), DW_AT.name);
  }

  ranges(entry: Entry): readonly AddressRange[] {
    const known = this.rangesOfEntry.get(entry);
    if (known) return known;
    const ranges = rangesOf(this.units, entry);
    this.rangesOfEntry.set(entry, ranges);
    return ranges;
  }

  /** From the function inwards: every block and inlined function whose code has the address. */
  private chain(entries: readonly Entry[], address: number): Entry[] {
    for (const entry of entries) {
      const isCode = entry.tag === DW_TAG.subprogram || entry.tag === DW_TAG.lexicalBlock || entry.tag === DW_TAG.inlinedSubroutine;
      if (!isCode) continue;
      const ranges = this.ranges(entry);
      if (covers(ranges, address)) return [entry, ...this.chain(entry.children, address)];
      // A block without code of its own may hold functions that have some.
      if (ranges.length === 0 && entry.tag === DW_TAG.lexicalBlock) {
        const inside = this.chain(entry.children, address);
        if (inside.length > 0) return inside;
      }
    }
    return [];
  }

  private activation(entry: Entry, blocks: readonly Entry[]): Activation {
    const isInlined = entry.tag === DW_TAG.inlinedSubroutine;
    return {
      // Assemblers put the dot of an entry point into the name (64-bit ELF ABI, 3.2.5).
      entry, name: this.nameOf(entry)?.replace(/^\.(?=\w)/, '') ?? '??', ranges: this.ranges(entry), blocks,
      call: isInlined ? {
        file: numberOf(entry, DW_AT.callFile) ?? 0, line: numberOf(entry, DW_AT.callLine) ?? 0, column: numberOf(entry, DW_AT.callColumn) ?? 0,
      } : undefined,
    };
  }

  private indexUnits(): { starts: number[]; entries: { unit: Unit; end: number }[] } {
    const found = this.units.all.flatMap((unit) => this.unitRanges(unit).map((range) => ({ ...range, unit }))).sort((a, b) => a.start - b.start);
    return { starts: found.map(({ start }) => start), entries: found };
  }

  /** A unit that does not say where its code is: where its functions say. */
  private unitRanges(unit: Unit): readonly AddressRange[] {
    const root = this.units.rootOf(unit);
    const ranges = root ? rangesOf(this.units, root) : [];
    if (ranges.length > 0) return ranges;
    const functions = this.units.treeOf(unit)?.children.filter(({ tag }) => tag === DW_TAG.subprogram) ?? [];
    return functions.flatMap((entry) => this.ranges(entry));
  }
}

/** Variables and parameters of one block, in the order of the source. */
export function variablesIn(block: Entry): readonly Entry[] {
  return block.children.filter((entry) => (entry.tag === DW_TAG.variable || entry.tag === DW_TAG.formalParameter) && !flagOf(entry, DW_AT.declaration));
}
