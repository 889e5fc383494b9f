/** From a physical page to the PTEs that map it. Reclaim asks; nobody else has to. */
import type { Kernel } from '../kernel.ts';
import { isAnonymous } from './frames.ts';
import { pagesWithEntries, pteOf } from './pages.ts';
import { isPresent, pteFrame } from './pte.ts';
import type { Mm, Vma } from './state.ts';
import { vmaAt, vmasIn } from './vma.ts';

/** A PTE that maps a page. */
export interface MappedPlace {
  readonly mm: Mm;
  readonly vma: Vma;
  readonly ea: number;
}

/** Where a page of RAM is mapped. */
export function placesOf(k: Kernel, spaces: Iterable<Mm>, frame: number): MappedPlace[] {
  return isAnonymous(k, frame) ? placesOfAnonymous(k, spaces, frame) : placesOfFilePage(k, spaces, frame);
}

/** Processes that share it since a fork have it at the same place. */
function placesOfAnonymous(k: Kernel, spaces: Iterable<Mm>, frame: number): MappedPlace[] {
  const ea = (k.state.frames.ownerPage[frame] ?? 0) * k.configuration.pageBytes;
  const places: MappedPlace[] = [];
  for (const mm of spaces) {
    const vma = vmaAt(mm, ea);
    if (vma && maps(k, mm, ea, frame)) places.push({ mm, vma, ea });
  }
  return places;
}

function placesOfFilePage(k: Kernel, spaces: Iterable<Mm>, frame: number): MappedPlace[] {
  const page = k.state.frames.cached.get(frame);
  if (!page) return [];
  const { pageBytes } = k.configuration;
  const places: MappedPlace[] = [];
  for (const mm of spaces) {
    for (const vma of vmasIn(mm, 0, Infinity)) {
      if (vma.file?.inode !== page.inode) continue;
      const candidates = vma.nonlinear === true
        ? pagesWithEntries(k, mm, vma.start, vma.end).map((number) => number * pageBytes)
        : [vma.start + page.index * pageBytes - vma.offset];
      for (const ea of candidates) {
        if (ea >= vma.start && ea < vma.end && maps(k, mm, ea, frame)) places.push({ mm, vma, ea });
      }
    }
  }
  return places;
}

function maps(k: Kernel, mm: Mm, ea: number, frame: number): boolean {
  const pte = pteOf(k, mm, ea);
  return isPresent(pte) && pteFrame(pte) === frame;
}
