/** hash_page: from the Linux page table, the authority, into the hashed one (facts 2.1 step 3). */
import {
  PTE_ACCESSED, PTE_DIRTY, PTE_EXEC, PTE_HASHPTE, PTE_PRESENT, PTE_RW, PTE_USER, pteFlags, pteFrame, withFlags,
} from '../kernel/mm/pte.ts';
import type { Mm, Pte } from '../kernel/mm/state.ts';
import { HPTE_R_NO_EXECUTE, HPTE_R_PP, PP_READ_ONLY, PP_READ_WRITE, type HashTable } from './hashtable.ts';
import { SEGMENT_BYTES } from './slb.ts';

export type AccessKind = 0 | 1 | 2;
export const READ: AccessKind = 0;
export const WRITE: AccessKind = 1;
export const FETCH: AccessKind = 2;

/** PTE bits that an access needs. */
const NEEDED = [PTE_PRESENT | PTE_USER, PTE_PRESENT | PTE_USER | PTE_RW, PTE_PRESENT | PTE_USER | PTE_EXEC] as const;
/** Storage attributes (W I M G), which are the same bits in a PTE and in an HPTE. */
const ATTRIBUTES = 0x78;

/** What hash_page answers (facts 2.1 step 3): 0, 1 and -1. */
export type Refill = 'entered' | 'not allowed' | 'refused';

export class HashRefill {
  constructor(
    readonly table: HashTable,
    private readonly pageBytes: number,
    /** An entry had to make room: TLBs may hold its page. */
    private readonly evicted: () => void,
    /** Whether the hypervisor refuses the entry of a page. */
    private readonly isRefused: (mm: Mm, ea: number) => boolean,
  ) {}

  /** Serves a hash-table miss, or an entry with too few rights, where the Linux PTE allows the access. */
  refill(mm: Mm, vsid: number, ea: number, kind: AccessKind): Refill {
    const page = Math.floor(ea / this.pageBytes);
    const pte = mm.pages.get(page) ?? 0;
    const flags = pteFlags(pte);
    if ((~flags & NEEDED[kind]) !== 0) return 'not allowed';
    const marked = flags | PTE_ACCESSED | PTE_HASHPTE | (kind === WRITE ? PTE_DIRTY : 0);
    if (marked !== flags) mm.pages.set(page, withFlags(pte, marked));
    return this.enter(mm, vsid, ea, pte, marked) ? 'entered' : 'refused';
  }

  /** hash_preload: enters a page that was just installed, if it is young. */
  preload(mm: Mm, vsid: number, ea: number): void {
    const page = Math.floor(ea / this.pageBytes);
    const pte = mm.pages.get(page) ?? 0;
    const flags = pteFlags(pte);
    if ((flags & PTE_PRESENT) === 0 || (flags & PTE_ACCESSED) === 0) return;
    mm.pages.set(page, withFlags(pte, flags | PTE_HASHPTE));
    this.enter(mm, vsid, ea, pte, flags);
  }

  private enter(mm: Mm, vsid: number, ea: number, pte: Pte, flags: number): boolean {
    const offset = ea % SEGMENT_BYTES;
    const rFlags = protection(flags) | (flags & ATTRIBUTES);
    const entry = this.table.find(vsid, offset);
    if (entry >= 0) this.table.setRFlags(entry, rFlags);
    else if (this.isRefused(mm, ea)) return false;
    else this.table.insert(vsid, offset, pteFrame(pte) * 4096, rFlags, this.evicted);
    return true;
  }
}

/** A page is writable for the hardware only once it is dirty, so that the first write is seen. */
function protection(flags: number): number {
  const writable = (flags & PTE_RW) !== 0 && (flags & PTE_DIRTY) !== 0;
  return (writable ? PP_READ_WRITE : PP_READ_ONLY) | ((flags & PTE_EXEC) !== 0 ? 0 : HPTE_R_NO_EXECUTE);
}

/** Whether an entry's R flags allow an access. */
export function permits(rFlags: number, kind: AccessKind): boolean {
  if (kind === WRITE) return (rFlags & HPTE_R_PP) === PP_READ_WRITE;
  return kind === READ || (rFlags & HPTE_R_NO_EXECUTE) === 0;
}
