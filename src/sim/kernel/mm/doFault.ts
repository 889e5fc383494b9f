/** do_linear_fault, do_nonlinear_fault and __do_fault, from 2.6.23 on: asking a mapping's ->fault (facts 2.3). */
import { done, call, labelled, next, path, step } from '../path.ts';
import type { Profile } from '../profile/profile.ts';
import { ANSWER, answerName } from './handler.ts';
import { askHandler, handlerKind } from './handlerPaths.ts';
import { COPY_OR_ASK, install, type PageGiven } from './pageGiven.ts';

declare module '../path.ts' {
  interface PathLocals {
    do_linear_fault: PageGiven;
    do_nonlinear_fault: PageGiven;
    __do_fault: PageGiven;
  }
}

const FILE = 'mm/memory.c';

export const doLinearFault = path('do_linear_fault', FILE, [
  step('the place in the file is that of the mapping\'s order; __do_fault does the work', (_k, _task, f) => call('__do_fault', f)),
  step('answer what it says', (_k, _task, _f, { returned }) => done(returned)),
], knowsFault);

export const doNonlinearFault = path('do_nonlinear_fault', FILE, [
  step('a mapping that is not nonlinear has no such entries: its page table is damaged, VM_FAULT_OOM', (k, _task, f) =>
    (f.vma.nonlinear === true ? next : done(k.profile.vmFault.oom))),
  step('the place in the file is the one that the entry names; __do_fault does the work', (_k, _task, f) => call('__do_fault', f)),
  step('answer what it says', (_k, _task, _f, { returned }) => done(returned)),
], knowsFault);

/** There is no truncate_count to look at: a page that ->fault hands over is locked, and cannot be truncated. */
export const doFault = path('__do_fault', FILE, [
  step('ask the mapping for the page', (k, _task, { fault, request }) => askHandler(k.profile, { fault, request })),
  step('VM_FAULT_ERROR or VM_FAULT_NOPAGE: answer just that', (k, _task, { fault, request }, { returned }) => {
    const { vmFault } = k.profile;
    fault.record.handlerAnswer = answerName(k.profile, handlerKind(k.profile, request.vma.handler) ?? 'fault', returned);
    switch (returned) {
      case ANSWER.sigbus: return done(vmFault.sigbus);
      case ANSWER.oom: return done(vmFault.oom);
      case ANSWER.retry: return done(vmFault.nopage ?? vmFault.minor);
      default: return next;
    }
  }),
  ...COPY_OR_ASK,
  labelled<PageGiven>('install', 'install the PTE, rss + 1; if somebody was faster let go of the page', (k, _task, f) => {
    install(k, f);
    return next;
  }),
  step('answer VM_FAULT_MAJOR if the handler says that it came from the disk, else nothing: VM_FAULT_MINOR', (k, _task, f) =>
    done(f.request.major ? k.profile.vmFault.major : k.profile.vmFault.minor)),
], knowsFault);

function knowsFault({ handlerKinds }: Profile): boolean {
  return handlerKinds.includes('fault');
}
