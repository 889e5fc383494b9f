/**
 * Predecoded records: 16 bytes for each guest instruction, holding the number of the form
 * that executes it (u16 at 0) and the instruction's slots at their natural alignment.
 */
import { RECORD_BYTES } from './layout.ts';
import type { Node, Slot, Statement } from './node.ts';

/** Numbers that are no instruction form. */
export const FORM = {
  /** Not decoded yet, or always to be decoded again because of a breakpoint. */
  undecoded: 0,
  /** The sentinel after the last record of a page. */
  pageEnd: 1,
  illegal: 2,
  first: 3,
} as const;

/** The same memory as arrays of every element size; made once for an engine. */
export interface MemoryViews {
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly i32: Int32Array;
  readonly i64: BigInt64Array;
  /** For the guest's big-endian words. */
  readonly data: DataView<ArrayBuffer>;
}

export function viewsOf(buffer: ArrayBuffer): MemoryViews {
  return {
    u8: new Uint8Array(buffer),
    u16: new Uint16Array(buffer),
    i32: new Int32Array(buffer),
    i64: new BigInt64Array(buffer),
    data: new DataView(buffer),
  };
}

/** How an instruction's relative branch is kept. */
export type BranchReach =
  /** As a distance between records, from just before the target: the target is in the same code page. */
  | 'near'
  /** As the guest's displacement: the target is looked up. */
  | 'far';

interface Entry {
  readonly slot: Slot;
  readonly offset: number;
  readonly isNearBranch: boolean;
}

/** Where the slots of one instruction lie in its record. */
export class RecordLayout {
  private readonly entries: readonly Entry[];

  /** @throws RangeError when the slots do not fit into a record. */
  constructor(mnemonic: string, statements: readonly Statement[], readonly reach: BranchReach) {
    const slots = new Map<string, { slot: Slot; isNearBranch: boolean }>();
    visitSlots(statements, (slot, isBranch) => {
      const isNearBranch = isBranch && reach === 'near';
      slots.set(key(slot, isNearBranch), { slot, isNearBranch });
    });
    this.entries = allot(mnemonic, [...slots.values()]);
  }

  /** Offset of a slot in the record. */
  offsetOf(slot: Slot, isNearBranch = false): number {
    const entry = this.entries.find((e) => e.isNearBranch === isNearBranch && e.slot.name === slot.name);
    if (!entry) throw new Error(`The slot "${slot.name}" is not in the record of its instruction.`);
    return entry.offset;
  }

  /**
   * Packs an instruction word into the record at `record`, all but the form number.
   * `nearTarget` turns a displacement into the number of instructions to the target.
   */
  fill(views: MemoryViews, record: number, word: number, nearTarget: (displacement: number) => number): void {
    for (const { slot, offset, isNearBranch } of this.entries) {
      const value = slot.of(word);
      const at = record + offset;
      if (typeof value === 'bigint') views.i64[at >>> 3] = value;
      else if (isNearBranch) views.i32[at >>> 2] = (nearTarget(value) - 1) * RECORD_BYTES;
      else if (slot.width === 4) views.i32[at >>> 2] = value;
      else if (slot.width === 2) views.u16[at >>> 1] = value;
      else views.u8[at] = value;
    }
  }
}

function key(slot: Slot, isNearBranch: boolean): string {
  return isNearBranch ? `${slot.name} as branch` : slot.name;
}

function allot(mnemonic: string, slots: readonly { slot: Slot; isNearBranch: boolean }[]): Entry[] {
  const taken = new Array<boolean>(RECORD_BYTES).fill(false).fill(true, 0, 2);
  const widestFirst = [...slots].sort((a, b) => b.slot.width - a.slot.width);
  return widestFirst.map(({ slot, isNearBranch }) => {
    const { width } = slot;
    for (let offset = RECORD_BYTES - width; offset >= 0; offset -= width) {
      if (taken.slice(offset, offset + width).includes(true)) continue;
      taken.fill(true, offset, offset + width);
      return { slot, offset, isNearBranch };
    }
    const names = slots.map((s) => `${s.slot.name} (${String(s.slot.width)})`).join(', ');
    throw new RangeError(`The operands of ${mnemonic} need more than the 14 bytes of a record: ${names}.`);
  });
}

/** Calls `found` for every slot of a meaning; `isBranch` for displacements of relative branches. */
function visitSlots(statements: readonly Statement[], found: (slot: Slot, isBranch: boolean) => void): void {
  const node = (n: Node): void => {
    switch (n.kind) {
      case 'op': n.args.forEach(node); break;
      case 'select': [n.condition, n.yes, n.no].forEach(node); break;
      case 'cell': if ('slot' in n.place) found(n.place.slot, false); break;
      case 'slot': found(n.slot, false); break;
      default:
    }
  };
  for (const s of statements) {
    switch (s.kind) {
      case 'let': node(s.value); break;
      case 'write':
        if ('slot' in s.place) found(s.place.slot, false);
        node(s.value);
        break;
      case 'if':
        node(s.condition);
        visitSlots(s.then, found);
        visitSlots(s.otherwise, found);
        break;
      case 'load': node(s.ea); break;
      case 'store': node(s.ea); node(s.value); break;
      case 'lsLoad': node(s.address); break;
      case 'lsStore': node(s.address); node(s.value); break;
      case 'jumpBy': found(s.displacement, true); break;
      case 'jumpTo': node(s.target); break;
      case 'exit': node(s.code); break;
      case 'call': s.args.forEach(node); break;
    }
  }
}
