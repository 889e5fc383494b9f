/** dup_mmap: fork copies an address space. Private pages are shared until one side writes to them (kernel/fork.c, mm/memory.c). */
import { holdFile } from '../files/references.ts';
import type { Kernel } from '../kernel.ts';
import { done, next, path, step } from '../path.ts';
import { downWrite, upWrite } from '../rwsem.ts';
import { holdPage, isAnonymous } from './frames.ts';
import { newMm } from './mm.ts';
import { changeFlags, installPage, pagesWithEntries, setEntry } from './pages.ts';
import { PTE_HASHPTE, PTE_PRESENT, PTE_RW, pteFlags, pteFrame, swapSlotOf } from './pte.ts';
import type { Mm, Pte, Vma } from './state.ts';
import { slotOf } from './swap.ts';

declare module '../path.ts' {
  interface PathLocals {
    dup_mmap: DupMmap;
  }
}

export interface DupMmap {
  /** The new address space, once it is there; used by one task. */
  copy: Mm | undefined;
}

export const dupMmap = path('dup_mmap', 'kernel/fork.c', [
  step('take mmap_sem for writing', (_k, task) => downWrite(task, task.mm.mmapSem) ?? next),
  step('copy the list of mappings', (k, { mm }, f) => {
    f.copy = copyMappings(k, mm);
    return next;
  }),
  step('copy the PTEs of private memory; nobody may write to the pages in place any more', (k, { mm }, f) => {
    for (const vma of mm.vmas) if (f.copy) copyPageRange(k, mm, f.copy, vma);
    return next;
  }),
  step('release mmap_sem', (k, task) => {
    upWrite(k, task.mm.mmapSem);
    return done(0);
  }),
]);

function copyMappings(k: Kernel, from: Mm): Mm {
  const { brkStart, brk, mmapBase, totalPages } = from;
  const mm = Object.assign(newMm(k), { brkStart, brk, mmapBase, totalPages });
  for (const vma of from.vmas) {
    if (vma.file) holdFile(vma.file);
    mm.vmas.push({ ...vma, locked: false });
  }
  return mm;
}

/** copy_page_range: mappings that a fault can fill again are left out. */
function copyPageRange(k: Kernel, from: Mm, to: Mm, vma: Vma): void {
  const pages = pagesWithEntries(k, from, vma.start, vma.end);
  const hasOwn = vma.handler === 'anonymous' || pages.some((page) => isOwn(k, from.pages.get(page) ?? 0));
  if (vma.nonlinear !== true && (vma.shared || !hasOwn)) return;
  for (const page of pages) copyEntry(k, from, to, vma, page);
}

function isOwn(k: Kernel, pte: Pte): boolean {
  return swapSlotOf(pte) !== 0 || isAnonymous(k, pteFrame(pte));
}

/** copy_one_pte. */
function copyEntry(k: Kernel, from: Mm, to: Mm, vma: Vma, page: number): void {
  const pte = from.pages.get(page) ?? 0;
  const ea = page * k.configuration.pageBytes;
  const flags = pteFlags(pte);
  if ((flags & PTE_PRESENT) === 0) {
    const slot = swapSlotOf(pte);
    if (slot !== 0) slotOf(k, slot).users += 1;
    setEntry(k, to, ea, pte);
    return;
  }
  const kept = vma.shared ? flags : flags & ~PTE_RW;
  if (kept !== flags) changeFlags(k, from, ea, pte, kept);
  holdPage(k, pteFrame(pte));
  installPage(k, to, ea, pteFrame(pte), kept & ~PTE_HASHPTE);
}
