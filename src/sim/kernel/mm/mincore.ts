/** mincore: which pages of a range are in memory. */
import type { Kernel } from '../kernel.ts';
import { ERRNO } from '../syscall/errno.ts';
import { pageUp, pteOf } from './pages.ts';
import { PTE_PRESENT, pteFlags } from './pte.ts';
import { TASK_SIZE, type Mm } from './state.ts';
import { vmaAt } from './vma.ts';

/** One byte a page, 1 where it is in memory; a negative errno where part of the range is not mapped. */
export function mincore(k: Kernel, mm: Mm, start: number, length: number): Uint8Array | number {
  const { pageBytes } = k.configuration;
  if (start % pageBytes !== 0) return -ERRNO.EINVAL;
  const end = start + pageUp(k, length);
  if (end > TASK_SIZE) return -ERRNO.ENOMEM;
  const resident = new Uint8Array((end - start) / pageBytes);
  for (let address = start, i = 0; address < end; address += pageBytes, i += 1) {
    const vma = vmaAt(mm, address);
    if (!vma) return -ERRNO.ENOMEM;
    const index = Math.floor((vma.offset + address - vma.start) / pageBytes);
    const isPresent = (pteFlags(pteOf(k, mm, address)) & PTE_PRESENT) !== 0;
    resident[i] = isPresent || vma.file?.inode.cache.has(index) === true ? 1 : 0;
  }
  return resident;
}
