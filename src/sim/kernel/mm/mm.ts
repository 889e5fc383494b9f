/** Address spaces: made for a new program, given up when its last thread has gone. */
import type { Kernel } from '../kernel.ts';
import { newRwSemaphore } from '../rwsem.ts';
import { zapRange } from './pages.ts';
import { TASK_SIZE, type Mm } from './state.ts';
import { removeVmas } from './vma.ts';

/**
 * Where mmap looks for room, from here upwards: TASK_UNMAPPED_BASE, a quarter of the user
 * region. 64-bit programs of these kernels always have the bottom-up layout (arch/powerpc/mm/mmap.c).
 */
export const MMAP_BASE = TASK_SIZE / 4;

/** An address space without mappings, used by one task. The loader sets the heap's place. */
export function newMm(k: Kernel): Mm {
  const { frames } = k.state;
  const id = frames.nextMm;
  frames.nextMm += 1;
  return {
    id, vmas: [], pages: new Map(), contextId: id, brkStart: 0, brk: 0, mmapBase: MMAP_BASE,
    mmapSem: newRwSemaphore(`mmap_sem of address space ${String(id)}`), users: 1, anonPages: 0, filePages: 0, totalPages: 0,
  };
}

/** One task fewer uses it; the last one takes everything down. */
export function dropMm(k: Kernel, mm: Mm): void {
  mm.users -= 1;
  if (mm.users > 0) return;
  zapRange(k, mm, 0, TASK_SIZE);
  removeVmas(k, mm, 0, TASK_SIZE);
  k.mmu.flushMm(mm);
}
