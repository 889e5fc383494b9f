/** do_anonymous_page: memory that no file is behind (facts 2.3). */
import { notePte } from '../fault/inFlight.ts';
import { done, goTo, labelled, next, path, step } from '../path.ts';
import { allocatePages } from './allocPages.ts';
import { releasePage, takePage } from './frames.ts';
import type { MmFault } from './handleMmFault.ts';
import { mayGrow } from './limits.ts';
import { installPage, installZeroPage, pteOf } from './pages.ts';
import { protectionOf, PTE_DIRTY, PTE_RW } from './pte.ts';

interface AnonymousPage extends MmFault {
  /** The new page. */
  frame: number;
}

declare module '../path.ts' {
  interface PathLocals {
    do_anonymous_page: AnonymousPage;
  }
}

export const doAnonymousPage = path('do_anonymous_page', 'mm/memory.c', [
  step('for a read of private memory the page of zeros will do', (_k, _task, f) => (f.write || f.vma.shared ? next : goTo('zero'))),
  labelled('take', 'take a page and fill it with zeros; beyond the mapping\'s limit: VM_FAULT_OOM', (k, _task, f) => {
    if (!mayGrow(k, f.mm, f.vma)) return done(k.profile.vmFault.oom);
    const frame = takePage(k, true);
    if (frame === undefined) return allocatePages(f.fault);
    f.frame = frame;
    return goTo('install');
  }),
  step('no page was free; none could be freed: VM_FAULT_OOM', (k, _task, _f, { returned }) =>
    (returned === 0 ? done(k.profile.vmFault.oom) : goTo('take'))),
  labelled('install', 'somebody was faster: give it back; else install it writable, anon_rss + 1', (k, _task, f) => {
    if (pteOf(k, f.mm, f.address) !== 0) releasePage(k, f.frame);
    else {
      installPage(k, f.mm, f.address, f.frame, protectionOf(f.vma) | PTE_RW | PTE_DIRTY);
      notePte(f.fault, 'core');
    }
    return goTo('cache');
  }),
  labelled('zero', 'map it read-only, file_rss + 1', (k, _task, f) => {
    if (pteOf(k, f.mm, f.address) === 0) {
      installZeroPage(k, f.mm, f.address, protectionOf(f.vma) & ~PTE_RW);
      notePte(f.fault, 'core');
    }
    return next;
  }),
  labelled('cache', 'tell the hashed page table; answer VM_FAULT_MINOR', (k, _task, f) => {
    if (f.fault.record.origin !== 'mfc') k.mmu.preload(f.mm, f.address);
    return done(k.profile.vmFault.minor);
  }),
]);
