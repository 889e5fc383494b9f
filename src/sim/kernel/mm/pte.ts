/** Linux page-table entries of 64-bit PowerPC (facts 6.4): a frame number and flags in one number. */
import type { Pte, Vma } from './state.ts';

export const PTE_PRESENT = 0x1;
export const PTE_USER = 0x2;
export const PTE_EXEC = 0x4;
export const PTE_GUARDED = 0x8;
const PTE_COHERENT = 0x10;
export const PTE_NO_CACHE = 0x20;
export const PTE_DIRTY = 0x80;
export const PTE_ACCESSED = 0x100;
export const PTE_RW = 0x200;
/** The hashed page table has, or had, an entry for it. */
export const PTE_HASHPTE = 0x400;
/** Of an entry that is not present: it names a page of the mapping's file (facts 2.3, do_file_page). Else it names a slot of the swap device. */
const PTE_FILE = 0x2;
const FLAGS = 0x1000;

export function makePte(frame: number, flags: number): Pte {
  return frame * FLAGS + flags;
}

export function isPresent(pte: Pte): boolean {
  return (pteFlags(pte) & PTE_PRESENT) !== 0;
}

/** Physical address divided by 4096. */
export function pteFrame(pte: Pte): number {
  return Math.floor(pte / FLAGS);
}

export function pteFlags(pte: Pte): number {
  return pte % FLAGS;
}

/** The entry of a page that is on the swap device. Slots count from 1, so that it is not empty. */
export function swapPte(slot: number): Pte {
  return makePte(slot, 0);
}

/** Slot of an entry that names one; 0 for entries that are empty, present or of a file. */
export function swapSlotOf(pte: Pte): number {
  return (pteFlags(pte) & (PTE_PRESENT | PTE_FILE)) === 0 ? pteFrame(pte) : 0;
}

/** The entry of a page of a nonlinear mapping that is not in memory. */
export function filePte(index: number): Pte {
  return makePte(index, PTE_FILE);
}

/** Index in the file of an entry that is not present, where it names one. */
export function fileIndexOf(pte: Pte): number | undefined {
  return (pteFlags(pte) & (PTE_PRESENT | PTE_FILE)) === PTE_FILE ? pteFrame(pte) : undefined;
}

/** The same frame with other flags. */
export function withFlags(pte: Pte, flags: number): Pte {
  return pte - pteFlags(pte) + flags;
}

/**
 * Flags of a page that is installed for reading: `vm_page_prot` with the young bit. Pages of
 * private mappings start read-only, so that the first write copies them.
 */
export function protectionOf(vma: Vma): number {
  let flags = PTE_PRESENT | PTE_ACCESSED | PTE_COHERENT | vma.pteFlags;
  if (vma.read || vma.write || vma.exec) flags |= PTE_USER;
  if (vma.exec) flags |= PTE_EXEC;
  // A driver that wants to hear of the first write gets it as a fault (page_mkwrite).
  if (vma.write && vma.shared && vma.pageMkwrite !== true) flags |= PTE_RW;
  return flags;
}
