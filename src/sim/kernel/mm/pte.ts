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
const FLAGS = 0x1000;

export function makePte(frame: number, flags: number): Pte {
  return frame * FLAGS + flags;
}

/** Physical address divided by 4096. */
export function pteFrame(pte: Pte): number {
  return Math.floor(pte / FLAGS);
}

export function pteFlags(pte: Pte): number {
  return pte % FLAGS;
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
  if (vma.write && vma.shared) flags |= PTE_RW;
  return flags;
}
