/** handle_mm_fault and handle_pte_fault: the architecture-independent part of a page fault (facts 2.3). */
import { countFault } from '../fault/inFlight.ts';
import type { FaultInFlight } from '../fault/state.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, stepWhen, type Step, type Verdict } from '../path.ts';
import type { Profile } from '../profile/profile.ts';
import type { Task } from '../state.ts';
import { handlerKind, handlerName } from './handlerPaths.ts';
import type { PageGiven } from './pageGiven.ts';
import { changeFlags, pageBase, pteOf } from './pages.ts';
import { fileIndexOf, isPresent, PTE_ACCESSED, PTE_DIRTY, pteFlags, PTE_RW } from './pte.ts';
import type { Mm, Pte, Vma } from './state.ts';

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
  stepWhen(isEnumeration, 'VM_FAULT_WRITE is for get_user_pages only: strip it', (k, _task, _f, { returned }) => done(returned & ~k.profile.vmFault.write)),
  // From memory: the function that strips it went when the answers became flags.
  stepWhen((profile) => !isEnumeration(profile), 'answer what it says', (_k, _task, _f, { returned }) => done(returned)),
]);

export const handleMmFaultInner = path('__handle_mm_fault', FILE, [
  step('count the event PGFAULT', (k, _task, { fault, vma }) => {
    fault.record.mapping = vma.name;
    fault.record.handler = handlerName(k.profile, vma.handler);
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
  stepWhen(hasOneKind, 'no: memory without a handler is anonymous, do_anonymous_page', (_k, _task, f) =>
    (f.vma.handler === 'anonymous' ? anonymous(f) : goTo('no_page'))),
  stepWhen(hasOneKind, 'answer what it says', answer),
  stepWhen((profile) => !hasOneKind(profile), 'no: what kind of handler has the mapping?', (k, _task, { vma }) => {
    switch (handlerKind(k.profile, vma.handler)) {
      case undefined: return goTo('anonymous');
      case 'nopfn': return goTo('no_pfn');
      default: return next;
    }
  }),
  ...under(asksNopage, [
    labelled('no_page', ({ handlerKinds }) => (handlerKinds.length === 1 ? 'no: the mapping has a handler, do_no_page' : '->nopage: do_no_page'), (k, _task, f) =>
      call('do_no_page', { ...request(k, f), sequence: 0 })),
    step('answer what it says', answer),
  ]),
  ...under(asksFault, [
    step(({ handlerKinds }) => (handlerKinds.includes('nopage') ? '->fault, or ->nopage of old: do_linear_fault' : '->fault: do_linear_fault'), (k, _task, f) =>
      call('do_linear_fault', request(k, f))),
    step('answer what it says', answer),
  ]),
  ...under(({ handlerKinds }) => handlerKinds.includes('nopfn'), [
    labelled('no_pfn', '->nopfn: do_no_pfn', (k, _task, f) => call('do_no_pfn', request(k, f))),
    step('answer what it says', answer),
  ]),
  ...under((profile) => !hasOneKind(profile), [
    labelled('anonymous', 'none: do_anonymous_page', (_k, _task, f) => anonymous(f)),
    step('answer what it says', answer),
  ]),
  labelled('elsewhere', (profile) => `the entry names a page of the file, for a nonlinear mapping: ${asksFault(profile) ? 'do_nonlinear_fault' : 'do_file_page'}`, (k, _task, f) => {
    const pte = pteOf(k, f.mm, f.address);
    const index = fileIndexOf(pte);
    if (index === undefined) return goTo('swapped');
    const { fault, mm, vma, address, write } = f;
    return asksFault(k.profile)
      ? call('do_nonlinear_fault', request(k, f, { replaces: pte, nonlinearOffset: index * k.configuration.pageBytes }))
      : call('do_file_page', { fault, mm, vma, address, write, pte, index });
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

/** 2.6.18 knows ->nopage alone: what has none is anonymous. */
function hasOneKind({ handlerKinds }: Profile): boolean {
  return handlerKinds.length === 1 && handlerKinds[0] === 'nopage';
}

function asksFault({ handlerKinds }: Profile): boolean {
  return handlerKinds.includes('fault');
}

function asksNopage(profile: Profile): boolean {
  return profile.handlerKinds.includes('nopage') && !asksFault(profile);
}

function isEnumeration({ vmFault: { form } }: Profile): boolean {
  return form === 'enumeration';
}

function under(when: (profile: Profile) => boolean, steps: readonly Step<MmFault>[]): Step<MmFault>[] {
  return steps.map((s) => ({ ...s, when }));
}

function anonymous({ fault, mm, vma, address, write }: MmFault): Verdict {
  return call('do_anonymous_page', { fault, mm, vma, address, write, frame: 0 });
}

/** @param named what the page table says of the page, where its entry is not empty. */
function request(k: Kernel, { fault, mm, vma, address, write }: MmFault, named?: { readonly replaces: Pte; readonly nonlinearOffset: number }): PageGiven {
  const place = named ? { nonlinearOffset: named.nonlinearOffset } : {};
  return {
    fault, mm, vma, address, write, copied: false, replaces: named?.replaces ?? 0,
    request: { mm, vma, address: pageBase(k, address), write, frame: 0, major: false, installed: false, ...place },
  };
}

function answer(_k: Kernel, _task: Task, _f: MmFault, { returned }: { readonly returned: number }): Verdict {
  return done(returned);
}
