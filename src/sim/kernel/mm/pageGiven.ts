/** What do_no_page and __do_fault do with a page that a handler has given (facts 2.3). */
import { notePte } from '../fault/inFlight.ts';
import type { Kernel } from '../kernel.ts';
import { done, goTo, labelled, next, step, type Step, type Verdict } from '../path.ts';
import { allocatePages } from './allocPages.ts';
import { releasePage, takePage } from './frames.ts';
import type { MmFault } from './handleMmFault.ts';
import { type HandlerRequest, pteFlagsFor } from './handler.ts';
import { mayGrow } from './limits.ts';
import { refusesWrite } from './pageMkwrite.ts';
import { copyPage, installPage, pteOf, zapPage } from './pages.ts';
import { PTE_DIRTY, PTE_RW } from './pte.ts';
import type { Pte } from './state.ts';

export interface PageGiven extends MmFault {
  readonly request: HandlerRequest;
  /** The page to install is a private copy. */
  copied: boolean;
  /** The entry that the page takes the place of; 0 but in nonlinear mappings. */
  readonly replaces: Pte;
}

/** A copy for a private mapping, or the word of page_mkwrite for a shared one; the step labelled `install` follows. */
export const COPY_OR_ASK: readonly Step<PageGiven>[] = [
  labelled('copy', 'a write to a private mapping gets a copy now; beyond the mapping\'s limit: VM_FAULT_OOM', (k, _task, f) => copyEarly(k, f)),
  step('no page was free for it; none could be freed: VM_FAULT_OOM', (k, _task, f, { returned }) => {
    if (returned !== 0) return goTo('copy');
    releasePage(k, f.request.frame);
    return done(k.profile.vmFault.oom);
  }),
  labelled('mkwrite', 'a write to a shared mapping whose page_mkwrite refuses: VM_FAULT_SIGBUS', (k, _task, f) => {
    if (!refusesWrite(k, f.vma, f.request.address)) return next;
    releasePage(k, f.request.frame);
    return done(k.profile.vmFault.sigbus);
  }),
];

function copyEarly(k: Kernel, f: PageGiven): Verdict {
  const { request, vma } = f;
  f.copied = request.write && !vma.shared;
  if (!mayGrow(k, f.mm, vma)) {
    releasePage(k, request.frame);
    return done(k.profile.vmFault.oom);
  }
  if (!f.copied) return goTo(request.write && vma.pageMkwrite === true ? 'mkwrite' : 'install');
  const copy = takePage(k, true);
  if (copy === undefined) return allocatePages(f.fault);
  copyPage(k, request.frame, copy);
  releasePage(k, request.frame);
  request.frame = copy;
  return goTo('install');
}

/** Installs the page, or lets go of it where somebody was faster. */
export function install(k: Kernel, { fault, mm, request, copied, replaces }: PageGiven): void {
  if (pteOf(k, mm, request.address) !== replaces) {
    releasePage(k, request.frame);
    return;
  }
  if (replaces !== 0) zapPage(k, mm, request.address);
  const flags = pteFlagsFor(request) | (request.write ? PTE_DIRTY | PTE_RW : 0);
  installPage(k, mm, request.address, request.frame, copied ? flags | PTE_RW : flags);
  notePte(fault, 'core');
  if (fault.record.origin !== 'mfc') k.mmu.preload(mm, request.address);
}
