/** Memory limits of single mappings, as the launch configuration sets them by the mapping's name. */
import type { Kernel } from '../kernel.ts';
import { residentPages } from './pages.ts';
import type { Mm, Vma } from './state.ts';

/** Whether a mapping may have one page more. */
export function mayGrow(k: Kernel, mm: Mm, vma: Vma): boolean {
  const limit = k.configuration.mappingLimits?.get(vma.name);
  return limit === undefined || (residentPages(k, mm, vma) + 1) * k.configuration.pageBytes <= limit;
}
