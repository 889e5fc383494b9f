/** do_wp_page: a write to a page that is present but not writable (facts 2.3). */
import { notePte } from '../fault/inFlight.ts';
import type { Kernel } from '../kernel.ts';
import { done, goTo, labelled, next, path, step } from '../path.ts';
import { isAnonymous, pageUsers, releasePage, takePage } from './frames.ts';
import type { MmFault } from './handleMmFault.ts';
import { mayGrow } from './limits.ts';
import { changeFlags, copyPage, installPage, pteOf, zapPage } from './pages.ts';
import { protectionOf, PTE_ACCESSED, PTE_DIRTY, PTE_RW, pteFlags, pteFrame } from './pte.ts';
import type { Pte } from './state.ts';

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
  step('a shared mapping is written in place', (_k, _task, f) => (f.vma.shared ? goTo('reuse') : next)),
  step('so is an anonymous page that nobody else has', (k, _task, f) => (isOwn(k, f.pte) ? goTo('reuse') : next)),
  step('copy on write: take a page; none left: VM_FAULT_OOM', (k, _task, f) => {
    const frame = mayGrow(k, f.mm, f.vma) ? takePage(k, true) : undefined;
    if (frame === undefined) return done(k.profile.vmFault.oom);
    f.copy = frame;
    return next;
  }),
  step('copy the old page; the page of zeros needs no copying', (k, _task, f) => {
    if (pteFrame(f.pte) !== k.state.frames.zeroFrame) copyPage(k, pteFrame(f.pte), f.copy);
    return next;
  }),
  step('the PTE has changed meanwhile: give the copy back, answer VM_FAULT_MINOR', (k, _task, f) => {
    if (pteFrame(pteOf(k, f.mm, f.address)) === pteFrame(f.pte)) return next;
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
    if (pteFrame(pte) !== pteFrame(f.pte)) return done(k.profile.vmFault.minor);
    changeFlags(k, f.mm, f.address, pte, pteFlags(pte) | PTE_RW | PTE_DIRTY | PTE_ACCESSED);
    return next;
  }),
  labelled('cache', 'tell the hashed page table; answer VM_FAULT_MINOR with VM_FAULT_WRITE', (k, _task, f) => {
    notePte(f.fault, 'core');
    if (f.fault.record.origin !== 'mfc') k.mmu.preload(f.mm, f.address);
    return done(k.profile.vmFault.minor | k.profile.vmFault.write);
  }),
]);

function isOwn(k: Kernel, pte: Pte): boolean {
  const frame = pteFrame(pte);
  return isAnonymous(k, frame) && pageUsers(k, frame) === 1;
}
