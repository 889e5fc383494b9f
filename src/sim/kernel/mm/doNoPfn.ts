/** do_no_pfn, from 2.6.19 to 2.6.26: asking a mapping's ->nopfn, for pages that have no struct page (facts 2.3). */
import { done, next, path, step, stepWhen } from '../path.ts';
import { ANSWER, answerName } from './handler.ts';
import { askHandler } from './handlerPaths.ts';
import { install, type PageGiven } from './pageGiven.ts';

declare module '../path.ts' {
  interface PathLocals {
    do_no_pfn: PageGiven;
  }
}

export const doNoPfn = path('do_no_pfn', 'mm/memory.c', [
  step('ask the mapping for the frame of its page', (k, _task, { fault, request }) => askHandler(k.profile, { fault, request })),
  step('NOPFN_OOM: answer VM_FAULT_OOM', (k, _task, { fault }, { returned }) => {
    fault.record.handlerAnswer = answerName(k.profile, 'nopfn', returned);
    return returned === ANSWER.oom ? done(k.profile.vmFault.oom) : next;
  }),
  step('NOPFN_SIGBUS: answer VM_FAULT_SIGBUS', (k, _task, _f, { returned }) => (returned === ANSWER.sigbus ? done(k.profile.vmFault.sigbus) : next)),
  stepWhen(({ nopfnRefault }) => nopfnRefault, 'NOPFN_REFAULT: the handler has done what there was to do, answer VM_FAULT_MINOR', (k, _task, _f, { returned }) =>
    (returned === ANSWER.retry ? done(k.profile.vmFault.minor) : next)),
  step('install the PTE, if somebody was not faster; answer VM_FAULT_MINOR', (k, _task, f) => {
    install(k, f);
    return done(k.profile.vmFault.minor);
  }),
], ({ handlerKinds }) => handlerKinds.includes('nopfn'));
