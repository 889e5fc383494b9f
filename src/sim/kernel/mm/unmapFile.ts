/** unmap_mapping_range: pages of a file leave every address space (truncation, SPE context switches). */
import type { Inode } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { pagesWithEntries, pageUp, zapPage, zapRange } from './pages.ts';
import { fileIndexOf, pteFrame } from './pte.ts';
import type { Mm, Vma } from './state.ts';

/**
 * Removes the PTEs of a range of file offsets from all mappings of a file. truncate_count goes
 * up, so that faults on their way ask the handler again (facts 2.3, 3.5).
 */
export function unmapFileRange(k: Kernel, inode: Inode, from: number, to: number): void {
  inode.truncateCount += 1;
  for (const mm of addressSpaces(k)) {
    for (const vma of mm.vmas) {
      if (vma.file?.inode !== inode) continue;
      if (vma.nonlinear === true) zapNonlinear(k, mm, vma, from, to);
      else zapLinear(k, mm, vma, from, to);
    }
  }
}

function zapLinear(k: Kernel, mm: Mm, vma: Vma, from: number, to: number): void {
  const start = Math.max(vma.start, vma.start + from - vma.offset);
  const end = Math.min(vma.end, vma.start + to - vma.offset);
  if (start < end) zapRange(k, mm, pageUp(k, start), pageUp(k, end));
}

/** Pages of a nonlinear mapping are found by what they show, not by where they are. */
function zapNonlinear(k: Kernel, mm: Mm, vma: Vma, from: number, to: number): void {
  const { pageBytes } = k.configuration;
  for (const page of pagesWithEntries(k, mm, vma.start, vma.end)) {
    const pte = mm.pages.get(page) ?? 0;
    const index = fileIndexOf(pte) ?? k.state.frames.cached.get(pteFrame(pte))?.index;
    if (index !== undefined && index * pageBytes >= from && index * pageBytes < to) zapPage(k, mm, page * pageBytes);
  }
}

/** Every address space of the machine. */
export function addressSpaces(k: Kernel): Set<Mm> {
  const spaces = new Set<Mm>();
  for (const { mm } of k.state.tasks.values()) spaces.add(mm);
  return spaces;
}
