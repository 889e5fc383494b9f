/** madvise, the part of msync under mmap_sem, and remap_file_pages: what a program says about pages that it has mapped. */
import { fileSize } from '../files/inode.ts';
import type { Inode } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { ERRNO } from '../syscall/errno.ts';
import { startReads } from './disk.ts';
import { markDirty } from './pageCache.ts';
import { changeFlags, pageBase, pageUp, presentPages, zapRange } from './pages.ts';
import { PTE_DIRTY, pteFlags, pteFrame } from './pte.ts';
import type { Mm, Vma } from './state.ts';
import { isCovered, vmaAt, vmasIn } from './vma.ts';

/** Numbers of ppc64 Linux. */
const MADV = { WILLNEED: 3, DONTNEED: 4 } as const;
/** The advice that Linux 2.6.18 knows: NORMAL 0 to DONTNEED 4, REMOVE 9 to DOFORK 11. */
const ADVICE = new Set([0, 1, 2, MADV.WILLNEED, MADV.DONTNEED, 9, 10, 11]);
const MS = { ASYNC: 1, INVALIDATE: 2, SYNC: 4 } as const;

/** madvise: MADV_DONTNEED takes the pages out of the mapping, MADV_WILLNEED begins to read those that are on the disk. */
export function adviseRegion(k: Kernel, mm: Mm, start: number, length: number, advice: number): number {
  const end = start + pageUp(k, length);
  if (start % k.configuration.pageBytes !== 0 || !ADVICE.has(advice)) return -ERRNO.EINVAL;
  if (end === start) return 0;
  if (advice === MADV.WILLNEED) for (const vma of vmasIn(mm, start, end)) readAhead(k, vma, Math.max(start, vma.start), Math.min(end, vma.end));
  if (advice === MADV.DONTNEED) {
    for (const vma of vmasIn(mm, start, end)) {
      if (vma.locked) return -ERRNO.EINVAL;
      zapRange(k, mm, Math.max(start, vma.start), Math.min(end, vma.end));
    }
  }
  return isCovered(mm, start, end) ? 0 : -ERRNO.ENOMEM;
}

/** The part of msync under mmap_sem: what PTEs know of writes goes to the page cache. The files that are to be written are added to `files`. */
export function syncRegion(k: Kernel, mm: Mm, start: number, length: number, flags: number, files: Inode[]): number {
  const known = MS.ASYNC | MS.INVALIDATE | MS.SYNC;
  if ((flags & ~known) !== 0 || start % k.configuration.pageBytes !== 0) return -ERRNO.EINVAL;
  if ((flags & MS.ASYNC) !== 0 && (flags & MS.SYNC) !== 0) return -ERRNO.EINVAL;
  const end = start + pageUp(k, length);
  for (const vma of vmasIn(mm, start, end)) {
    if ((flags & MS.INVALIDATE) !== 0 && vma.locked) return -ERRNO.EBUSY;
    if (!vma.shared || !vma.file) continue;
    for (const page of presentPages(k, mm, Math.max(start, vma.start), Math.min(end, vma.end))) cleanPte(k, mm, page);
    if ((flags & MS.SYNC) !== 0 && !files.includes(vma.file.inode)) files.push(vma.file.inode);
  }
  return isCovered(mm, start, end) ? 0 : -ERRNO.ENOMEM;
}

/** The dirty bit moves from the PTE to the page; the next write sets it again, without a fault. */
function cleanPte(k: Kernel, mm: Mm, page: number): void {
  const pte = mm.pages.get(page) ?? 0;
  if ((pteFlags(pte) & PTE_DIRTY) === 0) return;
  markDirty(k, pteFrame(pte));
  changeFlags(k, mm, page * k.configuration.pageBytes, pte, pteFlags(pte) & ~PTE_DIRTY);
}

function readAhead(k: Kernel, { file, handler, start, offset }: Vma, from: number, to: number): void {
  if (!file || handler !== 'file') return;
  const { pageBytes } = k.configuration;
  const last = Math.min((offset + to - start) / pageBytes, Math.ceil(fileSize(file.inode) / pageBytes));
  startReads(k, file.inode, (offset + from - start) / pageBytes, last - 1);
}

/** remap_file_pages: only whole pages within one shared mapping of a file, whose permissions stay. */
export function makeNonlinear(k: Kernel, mm: Mm, address: number, length: number, protection: number): number {
  const start = pageBase(k, address);
  const end = pageBase(k, address + length);
  const vma = vmaAt(mm, start);
  if (protection !== 0 || end <= start || vma?.handler !== 'file' || !vma.shared || end > vma.end) return -ERRNO.EINVAL;
  vma.nonlinear = true;
  return 0;
}
