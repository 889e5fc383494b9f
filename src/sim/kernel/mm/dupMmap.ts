/** dup_mmap: fork copies an address space. Private pages are shared until one side writes to them (kernel/fork.c, mm/memory.c). */
import { holdFile } from '../files/references.ts';
import type { Kernel } from '../kernel.ts';
import { done, next, path, step } from '../path.ts';
import { downWrite, upWrite } from '../rwsem.ts';
import { holdPage, isAnonymous } from './frames.ts';
import { newMm } from './mm.ts';
import { changeFlags, installPage, presentPages } from './pages.ts';
import { PTE_HASHPTE, PTE_PRESENT, PTE_RW, pteFlags, pteFrame } from './pte.ts';
import type { Mm, Vma } from './state.ts';

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
  if (vma.shared) return;
  const { pageBytes } = k.configuration;
  const pages = presentPages(k, from, vma.start, vma.end);
  const hasOwn = vma.handler === 'anonymous' || pages.some((page) => isAnonymous(k, pteFrame(from.pages.get(page) ?? 0)));
  if (!hasOwn) return;
  for (const page of pages) {
    const pte = from.pages.get(page) ?? 0;
    const flags = pteFlags(pte);
    if ((flags & PTE_PRESENT) === 0) continue;
    if ((flags & PTE_RW) !== 0) changeFlags(k, from, page * pageBytes, pte, flags & ~PTE_RW);
    holdPage(k, pteFrame(pte));
    installPage(k, to, page * pageBytes, pteFrame(pte), flags & ~(PTE_RW | PTE_HASHPTE));
  }
}
