/** A hypervisor below the kernel owns the hashed page table, as on a PlayStation 3, and may refuse an entry (facts 2.1 step 3, 7 row 55). */
import type { Kernel } from '../kernel.ts';
import { takeFailure } from './failures.ts';
import { pageBase } from './pages.ts';
import type { Mm } from './state.ts';
import { vmaAt } from './vma.ts';

/** Whether it is scripted to refuse the entry of the page at an address now. */
export function refusesEntry(k: Kernel, mm: Mm, address: number): boolean {
  if (k.configuration.failures?.some(({ operation }) => operation === 'hpte') !== true) return false;
  const vma = vmaAt(mm, address);
  return vma !== undefined && takeFailure(k, vma.name, 'hpte', (vma.offset + pageBase(k, address) - vma.start) / k.configuration.pageBytes);
}
