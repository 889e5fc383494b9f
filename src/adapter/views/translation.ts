/** Translations and pages as rows, for the address-space view. */
import {
  isPresent, PTE_ACCESSED, PTE_DIRTY, PTE_EXEC, PTE_GUARDED, PTE_HASHPTE, PTE_NO_CACHE, PTE_PRESENT, PTE_RW, PTE_USER, pteFlags, pteFrame,
} from '../../sim/kernel/mm/pte.ts';
import { pagesWithEntries } from '../../sim/kernel/mm/pages.ts';
import { handlerName } from '../../sim/kernel/mm/handlerPaths.ts';
import type { Mm, Pte, Vma } from '../../sim/kernel/mm/state.ts';
import { vmaAt } from '../../sim/kernel/mm/vma.ts';
import type { Machine } from '../../sim/machine.ts';
import type { HashWay } from '../../sim/mmu/hashtable.ts';
import type { TranslationUnit, Walk } from '../../sim/mmu/walk.ts';
import { referenceOf } from '../memory/reference.ts';
import type { HashEntry, MappingRow, PageRow, PteRow, TranslateResponse } from '../memoryProtocol.ts';
import { hex } from '../variables/format.ts';

const FLAGS = [
  [PTE_PRESENT, 'PRESENT'], [PTE_USER, 'USER'], [PTE_EXEC, 'EXEC'], [PTE_GUARDED, 'GUARDED'], [PTE_NO_CACHE, 'NO_CACHE'],
  [PTE_DIRTY, 'DIRTY'], [PTE_ACCESSED, 'ACCESSED'], [PTE_RW, 'RW'], [PTE_HASHPTE, 'HASHPTE'],
] as const;
const FRAME_BYTES = 4096;
const SEGMENT_BITS = 28n;

/** Whose addresses and whose hardware a row is about. */
export interface AddressSpace {
  readonly tid: number;
  readonly mm: Mm;
  readonly kind: TranslationUnit['kind'];
  /** Undefined while the task or context is on no processor. */
  readonly unit: TranslationUnit | undefined;
}

export function translationRow(machine: Machine, { mm, kind, unit }: AddressSpace, ea: number): TranslateResponse {
  const found = machine.walk(unit, mm, ea);
  const { slbEntry, vsid, offset, hash, real, pte } = found;
  const mapping = vmaAt(mm, ea)?.name;
  return {
    ea: hex(ea), unit: { kind, ...(unit === undefined ? {} : { number: unit.kind === 'ppe' ? unit.cpu : unit.spe }) },
    ...(mapping === undefined ? {} : { mapping }),
    esid: hex(found.esid), ...(slbEntry === undefined ? {} : { slbEntry }),
    contextId: mm.contextId, vsid: hex(vsid), virtual: hex((BigInt(vsid) << SEGMENT_BITS) | BigInt(offset)),
    pageBytes: machine.configuration.pageBytes, pageIndex: hex(found.pageIndex),
    hash: hex(hash.hash), primaryGroup: hash.primaryGroup, secondaryGroup: hash.secondaryGroup,
    ...entryOf(hash), ...(pte === 0 ? {} : { pte: pteRow(pte) }), tlb: tlbWords(found),
    ...(real === undefined ? {} : { real: hex(real), memoryReference: referenceOf({ space: { kind: 'pa' }, address: real }) }),
    next: nextOf(found),
  };
}

/** The order of the hardware: segment, hashed page table, and then the kernel looks at its own. */
function nextOf({ slbEntry, real, pte }: Walk): TranslateResponse['next'] {
  if (slbEntry === undefined) return 'segment miss';
  if (real !== undefined) return 'translated';
  return isPresent(pte) ? 'hash-table miss' : 'page fault';
}

export function mappingRow(machine: Machine, { tid, mm }: AddressSpace, vma: Vma): MappingRow {
  const { start, end, read, write, exec, shared, offset, handler, name } = vma;
  const entries = pagesWithEntries(machine.kernel, mm, start, end);
  return {
    start: hex(start), end: hex(end), access: `${read ? 'r' : '-'}${write ? 'w' : '-'}${exec ? 'x' : '-'}${shared ? 's' : 'p'}`,
    name, offset: hex(offset), handler: handlerName(machine.profile, handler), pages: (end - start) / machine.configuration.pageBytes,
    entries: entries.length, present: entries.filter((page) => isPresent(mm.pages.get(page) ?? 0)).length,
    memoryReference: referenceOf({ space: { kind: 'ea', tid }, address: start }),
  };
}

/** @param page Number of a page with an entry in the Linux page table. */
export function pageRow(machine: Machine, { tid, mm, unit }: AddressSpace, page: number): PageRow {
  const ea = page * machine.configuration.pageBytes;
  const found = machine.walk(unit, mm, ea);
  return { ea: hex(ea), pte: pteRow(found.pte), ...entryOf(found.hash), tlb: tlbWords(found), memoryReference: referenceOf({ space: { kind: 'ea', tid }, address: ea }) };
}

function pteRow(pte: Pte): PteRow {
  const flags = pteFlags(pte);
  return { value: hex(pte), isPresent: isPresent(pte), flags: FLAGS.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name), real: hex(pteFrame(pte) * FRAME_BYTES) };
}

function entryOf({ entry }: HashWay): { readonly entry?: HashEntry } {
  if (!entry) return {};
  const { group, slot, isSecondary, v, r } = entry;
  return { entry: { group, slot, isSecondary, v: hex(v), r: hex(r) } };
}

function tlbWords({ tlb }: Walk): TranslateResponse['tlb'] {
  return (['read', 'write', 'fetch'] as const).filter((word) => tlb[word]);
}
