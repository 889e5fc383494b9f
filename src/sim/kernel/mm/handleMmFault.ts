/** handle_mm_fault and handle_pte_fault: the architecture-independent part of a page fault (facts 2.3). */
import { countFault } from '../fault/inFlight.ts';
import type { FaultInFlight } from '../fault/state.ts';
import { call, done, goTo, labelled, next, path, step } from '../path.ts';
import { changeFlags, pageBase, pteOf } from './pages.ts';
import { fileIndexOf, isPresent, PTE_ACCESSED, PTE_DIRTY, pteFlags, PTE_RW } from './pte.ts';
import type { Mm, Vma } from './state.ts';

/** A page that is to be made accessible. */
export interface MmFault {
  readonly fault: FaultInFlight;
  readonly mm: Mm;
  readonly vma: Vma;
  readonly address: number;
  readonly write: boolean;
}

declare module '../path.ts' {
  interface PathLocals {
    handle_mm_fault: MmFault;
    __handle_mm_fault: MmFault;
    handle_pte_fault: MmFault;
  }
}

const FILE = 'mm/memory.c';

/** Answers VM_FAULT_* without VM_FAULT_WRITE, for all callers but get_user_pages. */
export const handleMmFault = path('handle_mm_fault', 'include/linux/mm.h', [
  step('__handle_mm_fault does the work', (_k, _task, f) => call('__handle_mm_fault', f)),
  step('VM_FAULT_WRITE is for get_user_pages only: strip it', (k, _task, _f, { returned }) => done(returned & ~k.profile.vmFault.write)),
]);

export const handleMmFaultInner = path('__handle_mm_fault', FILE, [
  step('count the event PGFAULT', (k, _task, { fault, vma }) => {
    fault.record.mapping = vma.name;
    fault.record.handler = vma.handler;
    if (vma.context) fault.record.context ??= vma.context.name;
    k.state.counters.pgfault += 1;
    countFault(fault, 'pgfault');
    return next;
  }),
  step('look at the PTE', (_k, _task, f) => call('handle_pte_fault', f)),
  step('answer what it says', (_k, _task, _f, { returned }) => done(returned)),
]);

export const handlePteFault = path('handle_pte_fault', FILE, [
  step('is a page present? If the entry is neither that nor empty the page is elsewhere', (k, _task, { mm, address }) => {
    const pte = pteOf(k, mm, address);
    return pte === 0 ? next : goTo(isPresent(pte) ? 'present' : 'elsewhere');
  }),
  step('no: memory without a handler is anonymous, do_anonymous_page', (_k, _task, { fault, mm, vma, address, write }) =>
    vma.handler === 'anonymous' ? call('do_anonymous_page', { fault, mm, vma, address, write, frame: 0 }) : goTo('no_page')),
  step('answer what it says', (_k, _task, _f, { returned }) => done(returned)),
  labelled('no_page', 'no: the mapping has a handler, do_no_page', (k, _task, { fault, mm, vma, address, write }) => call('do_no_page', {
    fault, mm, vma, address, write, sequence: 0, copied: false,
    request: { mm, vma, address: pageBase(k, address), write, frame: 0, major: false, installed: false },
  })),
  step('answer what it says', (_k, _task, _f, { returned }) => done(returned)),
  labelled('elsewhere', 'the entry names a page of the file, for a nonlinear mapping: do_file_page', (k, _task, { fault, mm, vma, address, write }) => {
    const pte = pteOf(k, mm, address);
    const index = fileIndexOf(pte);
    return index === undefined ? goTo('swapped') : call('do_file_page', { fault, mm, vma, address, write, pte, index });
  }),
  step('answer what it says', (_k, _task, _f, { returned }) => done(returned)),
  labelled('swapped', 'the entry names a slot of the swap device: do_swap_page', (k, _task, { fault, mm, vma, address, write }) =>
    call('do_swap_page', { fault, mm, vma, address, write, pte: pteOf(k, mm, address), major: false, read: undefined })),
  step('answer what it says', (_k, _task, _f, { returned }) => done(returned)),
  labelled('present', 'yes, but it may not be written: do_wp_page', (k, _task, { fault, mm, vma, address, write }) => {
    const pte = pteOf(k, mm, address);
    return write && (pteFlags(pte) & PTE_RW) === 0 ? call('do_wp_page', { fault, mm, vma, address, write, pte, copy: 0 }) : goTo('young');
  }),
  step('answer what it says', (_k, _task, _f, { returned }) => done(returned)),
  labelled('young', 'yes: somebody was faster, or the fault was spurious; mark it young: VM_FAULT_MINOR', (k, _task, f) => {
    const pte = pteOf(k, f.mm, f.address);
    if (isPresent(pte)) changeFlags(k, f.mm, f.address, pte, pteFlags(pte) | PTE_ACCESSED | (f.write ? PTE_DIRTY : 0));
    return done(k.profile.vmFault.minor);
  }),
]);
