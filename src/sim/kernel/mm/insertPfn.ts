/** vm_insert_pfn: a handler installs the PTE itself (facts 1.2, 2.3). */
import { notePte } from '../fault/inFlight.ts';
import type { Kernel } from '../kernel.ts';
import { releasePage } from './frames.ts';
import { type HandlerLocals, pteFlagsFor } from './handler.ts';
import { installPage, pteOf } from './pages.ts';

/** Installs the page of the request with the rights of the mapping. A PTE that is there already stays: -EBUSY, which drivers ignore. */
export function insertPfn(k: Kernel, { fault, request }: HandlerLocals): void {
  const { mm, address, frame } = request;
  if (pteOf(k, mm, address) !== 0) {
    releasePage(k, frame);
    return;
  }
  installPage(k, mm, address, frame, pteFlagsFor(request));
  request.installed = true;
  notePte(fault, 'handler');
  if (fault.record.origin !== 'mfc') k.mmu.preload(mm, address);
}
