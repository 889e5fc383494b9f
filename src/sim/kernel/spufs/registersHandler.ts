/** Handlers of mapped registers of the problem-state area, from kernel to kernel (facts 3.5). */
import { problemStateFrame } from '../../mmu/physical.ts';
import { faultSleeps, faultWoke } from '../fault/inFlight.ts';
import { type MmapSemReleased, mappingsUnchanged, releaseMmapSem, retakeMmapSem } from '../fault/mmapSem.ts';
import type { Kernel } from '../kernel.ts';
import { FRAME_BYTES } from '../mm/frames.ts';
import { ANSWER, fileOffset, type HandlerLocals, type HandlerRequest, retryName, SIGBUS_NAME } from '../mm/handler.ts';
import { insertPfn } from '../mm/insertPfn.ts';
import { call, done, goTo, labelled, next, path, step, stepWhen, type Step, type Verdict } from '../path.ts';
import type { HandlerKind, Profile } from '../profile/profile.ts';
import { fatalSignalPending, nextSignal } from '../signal/pending.ts';
import type { Task } from '../state.ts';
import { RESTART } from '../syscall/errno.ts';
import { holdContext, releaseReference } from './context.ts';
import { registerArea, type RegisterArea } from './fileTable.ts';
import { mappedContext } from './mappedContext.ts';
import { releaseContext } from './stateSema.ts';

type RegistersLocals = HandlerLocals & MmapSemReleased;

declare module '../path.ts' {
  interface PathLocals {
    spufs_ps_nopage: RegistersLocals;
    spufs_ps_nopfn: RegistersLocals;
    spufs_ps_fault: RegistersLocals;
  }
}

const FILE = 'arch/powerpc/platforms/cell/spufs/file.c';

function handlerSteps(kind: HandlerKind): Step<RegistersLocals>[] {
  const sigbus = SIGBUS_NAME[kind];
  return [
    step(`an offset past the end of the area: ${sigbus}`, (k, _task, f) =>
      fileOffset(f.request) < areaOf(k, f.request).bytes ? next : done(ANSWER.sigbus)),
    stepWhen(({ fatalSignal }) => fatalSignal === 'sigbus', `SIGKILL is pending: ${sigbus}`, (_k, task) =>
      (fatalSignalPending(task) ? done(ANSWER.sigbus) : next)),
    ...under(({ faultActivates }) => faultActivates, activate(kind)),
    ...under(({ faultActivates }) => !faultActivates, awaitScheduler(kind)),
    ...(kind === 'nopage' ? GIVE_PAGE : INSERT_PFN),
  ];
}

/** Up to 2.6.24: the handler gets the context an SPE itself. */
function activate(kind: HandlerKind): readonly Step<RegistersLocals>[] {
  return [
    stepWhen(releasesMmapSem, 'a context without an SPE: release mmap_sem for the wait', (k, task, f) => {
      if (mappedContext(f.request).state === 'SAVED') releaseMmapSem(k, task, f);
      return next;
    }),
    labelled('acquire', 'get the context onto an SPE (may sleep until one is free)', (_k, _task, f) =>
      call('spu_acquire_runnable', { context: mappedContext(f.request), fault: f.fault })),
    stepWhen(releasesMmapSem, 'if mmap_sem was released: let go of the context ...', (k, task, f, { returned }) => {
      if (f.releasedAt !== undefined && returned === 0) releaseContext(k, task, mappedContext(f.request));
      return next;
    }),
    stepWhen(releasesMmapSem, '... take mmap_sem again ...', retakeMmapSem),
    stepWhen(releasesMmapSem, (profile) => `... and ${afterRelease(profile, kind)}`, (k, task, f, { returned }) =>
      (f.releasedAt === undefined || returned !== 0 ? next : goOn(k, task, f, 'acquire'))),
    stepWhen((profile) => saysRetry(profile) && profile.deadContext !== 'retry', (profile) => `a signal ended the wait: ${retryName(profile, kind)}`, (_k, task, f, { returned }) => {
      noteSignal(task, f, returned);
      return returned === -RESTART.ERESTARTSYS ? done(ANSWER.retry) : next;
    }),
    stepWhen((profile) => saysRetry(profile) && profile.deadContext === 'retry', (profile) => `no SPE, whatever the reason: ${retryName(profile, kind)}`, (_k, task, f, { returned }) => {
      noteSignal(task, f, returned);
      return returned === 0 ? next : done(ANSWER.retry);
    }),
    stepWhen((profile) => !saysRetry(profile) && profile.deadContext === 'retry', (profile) => `the context has no owner: ${retryName(profile, kind)}`, (_k, _task, _f, { returned }) =>
      (returned === 0 || returned === -RESTART.ERESTARTSYS ? next : done(ANSWER.retry))),
    stepWhen((profile) => !saysRetry(profile) || profile.deadContext !== 'retry', `no SPE: ${SIGBUS_NAME[kind]}`, (_k, task, f, { returned }) => {
      noteSignal(task, f, returned);
      return returned === 0 ? next : done(ANSWER.sigbus);
    }),
  ];
}

/** From 2.6.25 on: the handler waits until the scheduler has put the context on an SPE, for whomever. */
function awaitScheduler(kind: HandlerKind): readonly Step<RegistersLocals>[] {
  return [
    labelled('lock', 'hold the context as it is', (_k, _task, f) => call('spu_acquire', { context: mappedContext(f.request), fault: f.fault })),
    step((profile) => `a signal ended the wait: ${interruptedName(profile, kind)}`, (k, _task, _f, { returned }) =>
      (returned === 0 ? next : done(interruptedAnswer(k.profile)))),
    step('RUNNABLE: go on', (_k, _task, f) => (mappedContext(f.request).state === 'RUNNABLE' ? goTo('insert') : next)),
    step(({ speWaitHoldsMmapSem }) => `SAVED: take a reference, let go of the context${speWaitHoldsMmapSem ? '' : ', release mmap_sem'}`, (k, task, f) => {
      const context = mappedContext(f.request);
      holdContext(context);
      if (releasesMmapSem(k.profile)) releaseMmapSem(k, task, f);
      releaseContext(k, task, context);
      return next;
    }),
    step('sleep on run_wq until it is RUNNABLE; a signal ends the wait', sleepUntilRunnable),
    stepWhen(releasesMmapSem, 'take mmap_sem again', retakeMmapSem),
    step('let go of the reference', (k, _task, f) => {
      releaseReference(k, mappedContext(f.request));
      return next;
    }),
    step((profile) => `a signal ended the wait: ${interruptedName(profile, kind)}`, (k, _task, f) =>
      (f.fault.record.interruptedBy === undefined ? next : done(interruptedAnswer(k.profile)))),
    step((profile) => afterRelease(profile, kind), (k, task, f) => goOn(k, task, f, 'lock')),
  ];
}

const GIVE_PAGE: readonly Step<RegistersLocals>[] = [
  labelled('insert', 'the page is the SPE\'s own register page', (k, _task, f) => {
    // Its directory was closed under way: then there is no SPE again.
    f.request.frame = frameOf(k, f) ?? 0;
    return next;
  }),
  step('let go of the context', (k, task, f) => {
    releaseContext(k, task, mappedContext(f.request));
    return done(f.request.frame === 0 ? ANSWER.sigbus : ANSWER.page);
  }),
];

const INSERT_PFN: readonly Step<RegistersLocals>[] = [
  labelled('insert', 'vm_insert_pfn: install the PTE for the SPE\'s own register page; one that is there stays', (k, _task, f) => {
    const frame = frameOf(k, f);
    if (frame === undefined) return next;
    f.request.frame = frame;
    insertPfn(k, f);
    return next;
  }),
  step('let go of the context; the access is made again', (k, task, f) => {
    releaseContext(k, task, mappedContext(f.request));
    return done(ANSWER.retry);
  }),
];

export const spufsPsNopage = path('spufs_ps_nopage', FILE, handlerSteps('nopage'), ({ spufsHandler }) => spufsHandler === 'nopage');
export const spufsPsNopfn = path('spufs_ps_nopfn', FILE, handlerSteps('nopfn'), ({ spufsHandler }) => spufsHandler === 'nopfn');
export const spufsPsFault = path('spufs_ps_fault', FILE, handlerSteps('fault'), ({ spufsHandler }) => spufsHandler === 'fault');

function under(when: (profile: Profile) => boolean, steps: readonly Step<RegistersLocals>[]): Step<RegistersLocals>[] {
  return steps.map((s) => ({ ...s, when: (profile) => when(profile) && s.when?.(profile) !== false }));
}

function saysRetry({ interruptedWait }: Profile): boolean {
  return interruptedWait === 'retry';
}

function interruptedAnswer(profile: Profile): number {
  return saysRetry(profile) ? ANSWER.retry : ANSWER.sigbus;
}

function interruptedName(profile: Profile, kind: HandlerKind): string {
  return saysRetry(profile) ? retryName(profile, kind) : SIGBUS_NAME[kind];
}

function releasesMmapSem({ speWaitHoldsMmapSem, interruptedRetry }: Profile): boolean {
  return !speWaitHoldsMmapSem || interruptedRetry === 'mm-sequence';
}

function afterRelease(profile: Profile, kind: HandlerKind): string {
  return profile.interruptedRetry === 'mm-sequence'
    ? `if nobody has changed mappings meanwhile go on, else ${retryName(profile, kind)}`
    : `mappings may have changed: ${retryName(profile, kind)}`;
}

/** The context has, or has had, an SPE; what the request says of mappings may be out of date. */
function goOn(k: Kernel, task: Task, f: RegistersLocals, again: string): Verdict {
  const unchanged = mappingsUnchanged(task, f);
  return unchanged && k.profile.interruptedRetry === 'mm-sequence' ? goTo(again) : done(ANSWER.retry);
}

function sleepUntilRunnable(k: Kernel, task: Task, f: RegistersLocals): Verdict {
  const context = mappedContext(f.request);
  faultWoke(k, task, f.fault);
  if (context.state === 'RUNNABLE' || task.interrupted) return next;
  return faultSleeps(k, f.fault, context.boundQueue, true);
}

/** A signal that is pending before the wait begins ends it without one. */
function noteSignal(task: Task, { fault: { record } }: RegistersLocals, returned: number): void {
  if (returned === -RESTART.ERESTARTSYS) record.interruptedBy ??= nextSignal(task);
}

function frameOf(k: Kernel, { request }: HandlerLocals): number | undefined {
  const { spe } = mappedContext(request);
  return spe === undefined ? undefined : problemStateFrame(spe) + (areaOf(k, request).offset + fileOffset(request)) / FRAME_BYTES;
}

function areaOf({ configuration, profile }: Kernel, { vma }: HandlerRequest): RegisterArea {
  const content = vma.file?.inode.content;
  const area = content?.kind === 'spuFile' ? registerArea(content.file, configuration.pageBytes, profile.psMapLimit) : undefined;
  if (!area) throw new Error(`The mapping ${vma.name} has a spufs handler and shows no register page.`);
  return area;
}
