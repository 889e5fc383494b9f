/** Page tables: the PTEs of an address space and the pages that they hold. */
import type { Kernel } from '../kernel.ts';
import { frameHost, FRAME_BYTES, framesPerPage, holdPage, isAnonymous, releasePage } from './frames.ts';
import { markDirty } from './pageCache.ts';
import { isPresent, makePte, PTE_DIRTY, pteFlags, pteFrame, swapSlotOf, withFlags } from './pte.ts';
import type { Mm, Pte, Vma } from './state.ts';
import { dropUnusedSwapCache, freeSwap } from './swap.ts';

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
  const page = Math.floor(ea / k.configuration.pageBytes);
  mm.pages.set(page, makePte(frame, flags));
  notePlace(k, page, frame);
  count(k, mm, frame, 1);
}

/** Puts an entry that is not present in place of a page; the page's user is the caller's from now on. */
export function unmapPage(k: Kernel, mm: Mm, page: number, replacement: Pte): void {
  const pte = mm.pages.get(page) ?? 0;
  if (replacement === 0) mm.pages.delete(page);
  else mm.pages.set(page, replacement);
  k.mmu.flushPage(mm, page * k.configuration.pageBytes);
  count(k, mm, pteFrame(pte), -1);
}

/** Sets an entry that is not present where there is none. */
export function setEntry(k: Kernel, mm: Mm, ea: number, pte: Pte): void {
  mm.pages.set(Math.floor(ea / k.configuration.pageBytes), pte);
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
  for (const page of pagesWithEntries(k, mm, start, end)) zap(k, mm, page);
}

/** Numbers of the pages of a range that have a PTE, present or not, in order. */
export function pagesWithEntries(k: Kernel, mm: Mm, start: number, end: number): number[] {
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
  for (const page of pagesWithEntries(k, mm, from, from + bytes)) {
    const pte = mm.pages.get(page) ?? 0;
    mm.pages.delete(page);
    mm.pages.set(page + distance, pte);
    if (!isPresent(pte)) continue;
    notePlace(k, page + distance, pteFrame(pte));
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

/** Numbers of the pages of a range that are in memory, in order. */
export function presentPages(k: Kernel, mm: Mm, start: number, end: number): number[] {
  return pagesWithEntries(k, mm, start, end).filter((page) => isPresent(mm.pages.get(page) ?? 0));
}

/** Resident pages of a mapping. */
export function residentPages(k: Kernel, mm: Mm, vma: Vma): number {
  return presentPages(k, mm, vma.start, vma.end).length;
}

function zap(k: Kernel, mm: Mm, page: number): void {
  const pte = mm.pages.get(page);
  if (pte === undefined) return;
  if (!isPresent(pte)) {
    mm.pages.delete(page);
    const slot = swapSlotOf(pte);
    if (slot !== 0) freeSwap(k, slot);
    return;
  }
  const frame = pteFrame(pte);
  unmapPage(k, mm, page, 0);
  if ((pteFlags(pte) & PTE_DIRTY) !== 0) markDirty(k, frame);
  releasePage(k, frame);
  dropUnusedSwapCache(k, frame);
}

/** Reclaim finds the places of an anonymous page by this. */
function notePlace(k: Kernel, page: number, frame: number): void {
  const { frames } = k.state;
  if (frame >= frames.references.length) return;
  frames.ownerPage[frame] = page;
}

/** The zero page and pages of files and devices count as file pages; registers count as nothing. */
function count(k: Kernel, mm: Mm, frame: number, change: 1 | -1): void {
  const { mapCount } = k.state.frames;
  if (frame >= mapCount.length) return;
  mapCount[frame] = (mapCount[frame] ?? 0) + change;
  if (isAnonymous(k, frame)) mm.anonPages += change;
  else mm.filePages += change;
}
