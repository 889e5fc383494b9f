/** unmap_mapping_range: pages of a file leave every address space (truncation, SPE context switches). */
import type { Inode } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { pageUp, zapRange } from './pages.ts';
import type { Mm } from './state.ts';

/**
 * Removes the PTEs of a range of file offsets from all mappings of a file. truncate_count goes
 * up, so that faults on their way ask the handler again (facts 2.3, 3.5).
 */
export function unmapFileRange(k: Kernel, inode: Inode, from: number, to: number): void {
  inode.truncateCount += 1;
  for (const mm of addressSpaces(k)) {
    for (const vma of mm.vmas) {
      if (vma.file?.inode !== inode) continue;
      const start = Math.max(vma.start, vma.start + from - vma.offset);
      const end = Math.min(vma.end, vma.start + to - vma.offset);
      if (start < end) zapRange(k, mm, pageUp(k, start), pageUp(k, end));
    }
  }
}

function addressSpaces(k: Kernel): Set<Mm> {
  const spaces = new Set<Mm>();
  for (const { mm } of k.state.tasks.values()) spaces.add(mm);
  return spaces;
}
