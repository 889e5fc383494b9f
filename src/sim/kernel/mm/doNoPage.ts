/** do_no_page, up to 2.6.22: asking a mapping's ->nopage, and what becomes of each answer (facts 2.3). */
import { notePte } from '../fault/inFlight.ts';
import type { Kernel } from '../kernel.ts';
import { done, goTo, labelled, next, path, step, stepWhen } from '../path.ts';
import type { Profile } from '../profile/profile.ts';
import { releasePage } from './frames.ts';
import { ANSWER, answerName } from './handler.ts';
import { askHandler } from './handlerPaths.ts';
import { COPY_OR_ASK, install, type PageGiven } from './pageGiven.ts';

interface NoPage extends PageGiven {
  /** truncate_count of the file when the handler was asked. */
  sequence: number;
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
  step('ask the mapping for the page', (k, _task, { fault, request }) => askHandler(k.profile, { fault, request })),
  step('NOPAGE_SIGBUS: answer VM_FAULT_SIGBUS', (k, _task, f, { returned }) => {
    noteAnswer(k, f, returned);
    return returned === ANSWER.sigbus ? done(k.profile.vmFault.sigbus) : next;
  }),
  step('NOPAGE_OOM: answer VM_FAULT_OOM', (k, _task, _f, { returned }) => (returned === ANSWER.oom ? done(k.profile.vmFault.oom) : next)),
  stepWhen(({ nopageRetry }) => nopageRetry, ({ retryName, retryFolded }) => `${retryName}: leave the PTE alone, answer ${retryFolded ? 'VM_FAULT_MINOR' : 'VM_FAULT_RETRY'}`, (k, _task, _f, { returned }) =>
    returned === ANSWER.retry ? done(again(k.profile)) : next),
  ...COPY_OR_ASK,
  labelled<NoPage>('install', 'the file was truncated meanwhile: let go of the page and ask again', (k, _task, f) => {
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
], ({ handlerKinds }) => handlerKinds.includes('nopage') && !handlerKinds.includes('fault'));

function again({ retryFolded, vmFault: { minor, retry } }: Profile): number {
  return retryFolded ? minor : retry ?? minor;
}

function truncateCount({ vma }: NoPage): number {
  return vma.file?.inode.truncateCount ?? 0;
}

function noteAnswer({ profile }: Kernel, { fault, request }: NoPage, answer: number): void {
  fault.record.handlerAnswer = answerName(profile, 'nopage', answer);
  if (request.installed) notePte(fault, 'handler');
}
