/** Page tables: the PTEs of an address space and the pages that they hold. */
import type { Kernel } from '../kernel.ts';
import { frameHost, FRAME_BYTES, framesPerPage, holdPage, isAnonymous, releasePage } from './frames.ts';
import { makePte, pteFlags, pteFrame, PTE_PRESENT, withFlags } from './pte.ts';
import type { Mm, Pte, Vma } from './state.ts';

export function pageBase(k: Kernel, ea: number): number {
  return ea - (ea % k.configuration.pageBytes);
}

export function pageUp(k: Kernel, ea: number): number {
  return Math.ceil(ea / k.configuration.pageBytes) * k.configuration.pageBytes;
}

/** The PTE of an address; 0 (`pte_none`) where there is none. */
export function pteOf(k: Kernel, mm: Mm, ea: number): Pte {
  return mm.pages.get(Math.floor(ea / k.configuration.pageBytes)) ?? 0;
}

/** Installs a page whose user the caller has counted already. */
export function installPage(k: Kernel, mm: Mm, ea: number, frame: number, flags: number): void {
  mm.pages.set(Math.floor(ea / k.configuration.pageBytes), makePte(frame, flags));
  count(k, mm, frame, 1);
}

/** Changes the permissions of a present page; processors forget the old ones. */
export function changeFlags(k: Kernel, mm: Mm, ea: number, pte: Pte, flags: number): void {
  mm.pages.set(Math.floor(ea / k.configuration.pageBytes), withFlags(pte, flags));
  k.mmu.flushPage(mm, ea);
}

/** Removes the page of an address, if there is one, and gives up its frame. */
export function zapPage(k: Kernel, mm: Mm, ea: number): void {
  zap(k, mm, Math.floor(ea / k.configuration.pageBytes));
}

/** Removes every page of a range of whole pages. */
export function zapRange(k: Kernel, mm: Mm, start: number, end: number): void {
  for (const page of presentPages(k, mm, start, end)) zap(k, mm, page);
}

/** Numbers of the pages of a range that have a PTE, in order. */
export function presentPages(k: Kernel, mm: Mm, start: number, end: number): number[] {
  const first = Math.floor(start / k.configuration.pageBytes);
  const last = Math.ceil(end / k.configuration.pageBytes);
  if (last - first > mm.pages.size) {
    return [...mm.pages.keys()].filter((page) => page >= first && page < last).sort((a, b) => a - b);
  }
  const pages: number[] = [];
  for (let page = first; page < last; page += 1) if (mm.pages.has(page)) pages.push(page);
  return pages;
}

/** Moves the pages of a range to another place (mremap). */
export function movePages(k: Kernel, mm: Mm, from: number, to: number, bytes: number): void {
  const distance = (to - from) / k.configuration.pageBytes;
  for (const page of presentPages(k, mm, from, from + bytes)) {
    const pte = mm.pages.get(page) ?? 0;
    mm.pages.delete(page);
    mm.pages.set(page + distance, pte);
    k.mmu.flushPage(mm, page * k.configuration.pageBytes);
  }
}

/** Gives a page of zeros in `frame` the bytes of another page. */
export function copyPage(k: Kernel, from: number, to: number): void {
  const source = frameHost(k, from);
  k.memory.copyWithin(frameHost(k, to), source, source + framesPerPage(k) * FRAME_BYTES);
}

/** Maps the shared page of zeros, read-only; counted with the file pages (facts 2.3). */
export function installZeroPage(k: Kernel, mm: Mm, ea: number, flags: number): void {
  holdPage(k, k.state.frames.zeroFrame);
  installPage(k, mm, ea, k.state.frames.zeroFrame, flags);
}

/** Resident pages of a mapping. */
export function residentPages(k: Kernel, mm: Mm, vma: Vma): number {
  return presentPages(k, mm, vma.start, vma.end).length;
}

function zap(k: Kernel, mm: Mm, page: number): void {
  const pte = mm.pages.get(page);
  if (pte === undefined) return;
  mm.pages.delete(page);
  if ((pteFlags(pte) & PTE_PRESENT) === 0) return;
  k.mmu.flushPage(mm, page * k.configuration.pageBytes);
  count(k, mm, pteFrame(pte), -1);
  releasePage(k, pteFrame(pte));
}

/** The zero page and pages of files and devices count as file pages; registers count as nothing. */
function count(k: Kernel, mm: Mm, frame: number, change: 1 | -1): void {
  if (frame >= k.state.frames.references.length) return;
  if (isAnonymous(k, frame)) mm.anonPages += change;
  else mm.filePages += change;
}
