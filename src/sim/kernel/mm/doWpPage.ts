/** do_wp_page: a write to a page that is present but not writable (facts 2.3). */
import { notePte } from '../fault/inFlight.ts';
import type { Kernel } from '../kernel.ts';
import { done, goTo, labelled, next, path, step } from '../path.ts';
import { allocatePages } from './allocPages.ts';
import { holdPage, releasePage, takePage } from './frames.ts';
import type { MmFault } from './handleMmFault.ts';
import { mayGrow } from './limits.ts';
import { refusesWrite } from './pageMkwrite.ts';
import { changeFlags, copyPage, installPage, pteOf, zapPage } from './pages.ts';
import { isPresent, protectionOf, PTE_ACCESSED, PTE_DIRTY, pteFlags, pteFrame, PTE_RW } from './pte.ts';
import type { Pte } from './state.ts';
import { dropFromSwapCache, dropUnusedSwapCache, isMappedOnce } from './swap.ts';

interface WpPage extends MmFault {
  /** The PTE that forbade the write. */
  readonly pte: Pte;
  /** The new page, for a copy. */
  copy: number;
}

declare module '../path.ts' {
  interface PathLocals {
    do_wp_page: WpPage;
  }
}

export const doWpPage = path('do_wp_page', 'mm/memory.c', [
  step('a shared mapping is written in place, unless its page_mkwrite refuses: VM_FAULT_SIGBUS', (k, _task, f) => {
    if (!f.vma.shared) return next;
    return refusesWrite(k, f.vma, f.address) ? done(k.profile.vmFault.sigbus) : goTo('reuse');
  }),
  step('so is an anonymous page that nobody else has; any other is held, to be copied', (k, _task, f) => {
    if (isMappedOnce(k, pteFrame(f.pte))) return goTo('reuse');
    holdPage(k, pteFrame(f.pte));
    return next;
  }),
  labelled('take', 'copy on write: take a page', (k, _task, f) => {
    const frame = mayGrow(k, f.mm, f.vma) ? takePage(k, true) : undefined;
    if (frame === undefined) return mayGrow(k, f.mm, f.vma) ? allocatePages(f.fault) : goTo('none');
    f.copy = frame;
    return goTo('copy');
  }),
  step('no page was free, but some could be freed', (_k, _task, _f, { returned }) => (returned === 0 ? next : goTo('take'))),
  labelled('none', 'no page: let go of the old one, answer VM_FAULT_OOM', (k, _task, f) => {
    letGo(k, pteFrame(f.pte));
    return done(k.profile.vmFault.oom);
  }),
  labelled('copy', 'copy the old page; the page of zeros needs no copying', (k, _task, f) => {
    if (pteFrame(f.pte) !== k.state.frames.zeroFrame) copyPage(k, pteFrame(f.pte), f.copy);
    letGo(k, pteFrame(f.pte));
    return next;
  }),
  step('the PTE has changed meanwhile: give the copy back, answer VM_FAULT_MINOR', (k, _task, f) => {
    if (isSame(k, f)) return next;
    releasePage(k, f.copy);
    return done(k.profile.vmFault.minor);
  }),
  step('install the copy writable, let go of the old page', (k, _task, f) => {
    zapPage(k, f.mm, f.address);
    installPage(k, f.mm, f.address, f.copy, protectionOf(f.vma) | PTE_RW | PTE_DIRTY);
    return goTo('cache');
  }),
  labelled('reuse', 'make the PTE writable and dirty, unless it has changed meanwhile', (k, _task, f) => {
    const pte = pteOf(k, f.mm, f.address);
    if (!isSame(k, f)) return done(k.profile.vmFault.minor);
    dropFromSwapCache(k, pteFrame(pte));
    changeFlags(k, f.mm, f.address, pte, pteFlags(pte) | PTE_RW | PTE_DIRTY | PTE_ACCESSED);
    return next;
  }),
  labelled('cache', 'tell the hashed page table; answer VM_FAULT_MINOR with VM_FAULT_WRITE', (k, _task, f) => {
    notePte(f.fault, 'core');
    if (f.fault.record.origin !== 'mfc') k.mmu.preload(f.mm, f.address);
    return done(k.profile.vmFault.minor | k.profile.vmFault.write);
  }),
]);

/** Whether the PTE still shows the page that could not be written. */
function isSame(k: Kernel, f: WpPage): boolean {
  const pte = pteOf(k, f.mm, f.address);
  return isPresent(pte) && pteFrame(pte) === pteFrame(f.pte);
}

/** Gives back the hold on the old page. */
function letGo(k: Kernel, frame: number): void {
  releasePage(k, frame);
  dropUnusedSwapCache(k, frame);
}
