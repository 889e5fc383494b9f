/**
 * Address translation of one SPE's MFC (facts 5.1, 6.4): an SLB of eight entries, and the
 * hashed page table that the PPE uses. What it lacks becomes a class 1 interrupt.
 */
import { TASK_SIZE, type Mm } from '../kernel/mm/state.ts';
import type { Translation } from '../spe/ports.ts';
import { type HashRefill, permits, READ, WRITE } from './hashPage.ts';
import type { MmuOwner } from './owner.ts';
import type { PhysicalMap } from './physical.ts';
import { findSegment, flushSlb, loadSegment, MFC_SLB, SEGMENT_BYTES, type SlbState } from './slb.ts';

const SEGMENT_MISS: Translation = { kind: 'segmentMiss' };
const NOT_FOUND: Translation = { kind: 'storageMiss', denied: false };
const DENIED: Translation = { kind: 'storageMiss', denied: true };

export interface MfcMmuParts {
  readonly spe: number;
  readonly owner: MmuOwner;
  readonly map: PhysicalMap;
  readonly refill: HashRefill;
  readonly pageBytes: number;
}

export class MfcMmu {
  constructor(private readonly parts: MfcMmuParts) {}

  /** Where the bytes at an address are. */
  translate(eaHigh: number, eaLow: number, store: boolean): Translation {
    const { refill: { table }, pageBytes, map } = this.parts;
    const slb = this.slb();
    const low = eaLow >>> 0;
    const segment = findSegment(slb, (eaHigh >>> 0) * 16 + (low >>> 28));
    if (segment < 0) return SEGMENT_MISS;
    const entry = table.find(slb.vsid[segment] ?? 0, low % SEGMENT_BYTES);
    if (entry < 0) return NOT_FOUND;
    if (!permits(table.rFlags(entry), store ? WRITE : READ)) return DENIED;
    const physical = table.physical(entry) + (low % pageBytes);
    table.mark(entry, store);
    const offset = map.hostOf(physical);
    return offset < 0 ? { kind: 'registers', physical } : { kind: 'memory', offset };
  }

  /** The kernel's handler of a segment fault: whether it has a segment for the address. */
  loadSegment(ea: number): boolean {
    const mm = this.mm;
    if (!mm || ea >= TASK_SIZE) return false;
    this.parts.owner.state.counters.mfcSlbMiss += 1;
    loadSegment(this.slb(), MFC_SLB, mm.contextId, Math.floor(ea / SEGMENT_BYTES));
    return true;
  }

  /** Another context comes, or none: its segments are not these. */
  flush(): void {
    flushSlb(this.slb(), MFC_SLB);
  }

  /** The address space of the context on this SPE. */
  private get mm(): Mm | undefined {
    return this.parts.owner.state.spufs.slots[this.parts.spe]?.context?.owner;
  }

  private slb(): SlbState {
    const { owner, spe } = this.parts;
    const slb = owner.state.mmu.mfcSlb[spe];
    if (!slb) throw new Error(`The machine has no SPE ${String(spe)}.`);
    return slb;
  }
}
