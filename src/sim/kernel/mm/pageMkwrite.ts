/** page_mkwrite: what a driver or file system says to the first write to a page of a shared mapping (facts 2.3). */
import type { Kernel } from '../kernel.ts';
import { takeFailure } from './failures.ts';
import { pageBase } from './pages.ts';
import type { Vma } from './state.ts';

export function refusesWrite(k: Kernel, vma: Vma, address: number): boolean {
  if (vma.pageMkwrite !== true || !vma.file) return false;
  const offset = vma.offset + pageBase(k, address) - vma.start;
  return takeFailure(k, vma.file.inode.path, 'mkwrite', offset / k.configuration.pageBytes);
}
