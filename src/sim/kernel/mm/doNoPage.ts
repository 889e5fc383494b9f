/** do_no_page: asking the mapping's handler for a page, and what becomes of each answer (facts 2.3). */
import { notePte } from '../fault/inFlight.ts';
import type { HandlerAnswer } from '../fault/state.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, stepWhen, type Verdict } from '../path.ts';
import { allocatePages } from './allocPages.ts';
import { releasePage, takePage } from './frames.ts';
import type { MmFault } from './handleMmFault.ts';
import { mayGrow } from './limits.ts';
import { NOPAGE_OOM, NOPAGE_PAGE, NOPAGE_RETRY, NOPAGE_SIGBUS, type NopageLocals, type NopageRequest } from './nopage.ts';
import { refusesWrite } from './pageMkwrite.ts';
import { copyPage, installPage, pteOf } from './pages.ts';
import { protectionOf, PTE_DIRTY, PTE_NO_CACHE, PTE_RW } from './pte.ts';

interface NoPage extends MmFault {
  readonly request: NopageRequest;
  /** truncate_count of the file when the handler was asked. */
  sequence: number;
  /** The page to install is a private copy. */
  copied: boolean;
}

declare module '../path.ts' {
  interface PathLocals {
    do_no_page: NoPage;
  }
}

export const doNoPage = path('do_no_page', 'mm/memory.c', [
  labelled('retry', 'remember truncate_count of the file', (_k, _task, f) => {
    f.sequence = truncateCount(f);
    return next;
  }),
  step('ask the mapping for the page', (_k, _task, { fault, request }) => askHandler({ fault, request })),
  step('NOPAGE_SIGBUS: answer VM_FAULT_SIGBUS', (k, _task, f, { returned }) => {
    f.fault.record.handlerAnswer = nameOf(returned);
    if (f.request.installed) notePte(f.fault, 'handler');
    return returned === NOPAGE_SIGBUS ? done(k.profile.vmFault.sigbus) : next;
  }),
  step('NOPAGE_OOM: answer VM_FAULT_OOM', (k, _task, _f, { returned }) => (returned === NOPAGE_OOM ? done(k.profile.vmFault.oom) : next)),
  stepWhen(({ nopageRetry }) => nopageRetry, 'NOPAGE_RETRY: leave the PTE alone, answer VM_FAULT_MINOR', (k, _task, _f, { returned }) =>
    returned === NOPAGE_RETRY ? done(k.profile.vmFault.minor) : next),
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
  labelled('sequence', 'the file was truncated meanwhile: let go of the page and ask again', (k, _task, f) => {
    if (truncateCount(f) === f.sequence) return next;
    releasePage(k, f.request.frame);
    return goTo('retry');
  }),
  step('install the PTE, rss + 1; if somebody was faster let go of the page', (k, _task, f) => {
    install(k, f);
    return next;
  }),
  step('answer VM_FAULT_MINOR, or VM_FAULT_MAJOR if the handler says that it came from the disk', (k, _task, f) =>
    done(f.request.major ? k.profile.vmFault.major : k.profile.vmFault.minor)),
]);

/** The handlers' paths: `Vma.handler` is the name of one. */
function askHandler(locals: NopageLocals): Verdict {
  const { handler } = locals.request.vma;
  switch (handler) {
    case 'filemap_nopage': return call('filemap_nopage', locals);
    case 'device_nopage': return call('device_nopage', { fault: locals.fault, request: locals.request, due: undefined });
    case 'spufs_mem_nopage': return call('spufs_mem_nopage', locals);
    case 'spufs_ps_nopage': return call('spufs_ps_nopage', locals);
    case 'vdso_vma_nopage': return call('vdso_vma_nopage', locals);
    case 'anonymous': throw new Error(`The mapping ${locals.request.vma.name} has no handler that do_no_page could ask.`);
  }
}

function nameOf(answer: number): HandlerAnswer {
  switch (answer) {
    case NOPAGE_PAGE: return 'page';
    case NOPAGE_SIGBUS: return 'NOPAGE_SIGBUS';
    case NOPAGE_OOM: return 'NOPAGE_OOM';
    case NOPAGE_RETRY: return 'NOPAGE_RETRY';
    default: throw new Error(`A nopage handler answered ${String(answer)}, which means nothing.`);
  }
}

function truncateCount({ vma }: NoPage): number {
  return vma.file?.inode.truncateCount ?? 0;
}

function copyEarly(k: Kernel, f: NoPage): Verdict {
  const { request, vma } = f;
  f.copied = request.write && !vma.shared;
  if (!mayGrow(k, f.mm, vma)) {
    releasePage(k, request.frame);
    return done(k.profile.vmFault.oom);
  }
  if (!f.copied) return goTo(request.write && vma.pageMkwrite === true ? 'mkwrite' : 'sequence');
  const copy = takePage(k, true);
  if (copy === undefined) return allocatePages(f.fault);
  copyPage(k, request.frame, copy);
  releasePage(k, request.frame);
  request.frame = copy;
  return goTo('sequence');
}

function install(k: Kernel, { fault, mm, vma, request, copied }: NoPage): void {
  if (pteOf(k, mm, request.address) !== 0) {
    releasePage(k, request.frame);
    return;
  }
  const flags = (request.cacheable === true ? protectionOf(vma) & ~PTE_NO_CACHE : protectionOf(vma)) | (request.write ? PTE_DIRTY | PTE_RW : 0);
  installPage(k, mm, request.address, request.frame, copied ? flags | PTE_RW : flags);
  notePte(fault, 'core');
  if (fault.record.origin !== 'mfc') k.mmu.preload(mm, request.address);
}
