/** do_page_fault of 64-bit PowerPC (facts 2.2): where every page fault of a PPE begins and ends. */
import { DSISR, type PageFault } from '../../mmu/pageFault.ts';
import type { Kernel } from '../kernel.ts';
import { handlerName } from '../mm/handlerPaths.ts';
import { findVma } from '../mm/vma.ts';
import { growStack, mayGrowTo } from '../mm/stack.ts';
import { TASK_SIZE, type Vma } from '../mm/state.ts';
import { call, done, goTo, labelled, next, path, step, stepWhen, yieldCpu, type Verdict } from '../path.ts';
import { upRead } from '../rwsem.ts';
import { BUS_CODE, SEGV_CODE, SIGNAL } from '../signal/numbers.ts';
import { faultSignal, forceSignal } from '../signal/send.ts';
import type { Task } from '../state.ts';
import { INIT } from '../task/create.ts';
import { exitGroup, exitOf } from '../task/exit.ts';
import type { Profile } from '../profile/profile.ts';
import { coreAnswer, verdictOf } from './coreAnswer.ts';
import { beginFault, countServed, decideFault } from './inFlight.ts';
import { kernelBug } from './kernelBug.ts';
import { takeMmapSem } from './mmapSem.ts';
import type { FaultInFlight } from './state.ts';
import { faultingPc } from './userRegisters.ts';

export interface PageFaultLocals {
  readonly fault: FaultInFlight;
  /** DAR as a number; exact for every address below TASK_SIZE. */
  readonly address: number;
  readonly trap: number;
  readonly dsisr: number;
  vma: Vma | undefined;
  siCode: number;
  /** What handle_mm_fault answered. */
  core: number;
  /** How many times process 1 has tried again for lack of memory. */
  survived?: number;
}

declare module '../path.ts' {
  interface PathLocals {
    do_page_fault: PageFaultLocals;
  }
}

/** Tries of process 1 after which the debug console hears of it. */
const TELLING_TRIES = 100;

/** Locals of do_page_fault for a fault of a user instruction (`ppe`) or of a kernel access (`kernel`). */
export function pageFaultLocals(k: Kernel, task: Task, fault: PageFault, origin: 'ppe' | 'kernel'): PageFaultLocals {
  const { ea, access, trap, dsisr } = fault;
  const inFlight = beginFault(k, task, { origin, ea, access, pc: faultingPc(k, task) });
  return { fault: inFlight, address: Number(ea), trap, dsisr, vma: undefined, siCode: SEGV_CODE.MAPERR, core: 0 };
}

/** Returns 0; for a kernel access also the signal that a user access would have got: then the fixup answers -EFAULT. */
export const doPageFault = path('do_page_fault', 'arch/powerpc/mm/fault.c', [
  step('a kernel access above the user region is not served', (_k, _task, f) =>
    isKernelAccess(f) && f.address >= TASK_SIZE ? goTo('bad') : next),
  step('take mmap_sem for reading', (k, task, f) => takeMmapSem(k, task, f.fault)),
  step('find_vma: the first mapping that ends above the address', (_k, task, f) => {
    f.vma = findVma(task.mm, f.address);
    if (!f.vma) return goTo('bad_area');
    return f.vma.start <= f.address ? goTo('good_area') : next;
  }),
  step('below the mapping: only a stack grows down', (_k, _task, f) => (f.vma?.growsDown ? next : goTo('bad_area'))),
  step('more than 1 MiB down: only near r1, or by a store that moves r1', (k, task, f) =>
    f.vma && mayGrowTo(k, task, f.vma, f.address, f.fault.record.origin) ? next : goTo('bad_area')),
  step('expand_stack', (k, task, f) => (f.vma && growStack(k, task, f.vma, f.address) ? next : goTo('bad_area'))),
  labelled('good_area', 'does the mapping allow the access? If not: SEGV_ACCERR', (_k, _task, f) => {
    f.siCode = SEGV_CODE.ACCERR;
    return f.vma && allows(f.vma, f) ? next : goTo('bad_area');
  }),
  labelled('survive', 'handle_mm_fault: have the page brought in', (_k, task, { fault, vma, address }) =>
    vma
      ? call('handle_mm_fault', { fault, mm: task.mm, vma, address, write: fault.record.access === 'write' })
      : goTo('bad_area')),
  stepWhen(({ vmFault }) => vmFault.form === 'enumeration', 'count MINOR and MAJOR; SIGBUS and OOM go their own ways; anything else is a BUG', (k, task, f, { returned }) => judge(k, task, f, returned)),
  stepWhen(({ vmFault }) => vmFault.form === 'flags', 'VM_FAULT_ERROR: OOM and SIGBUS go their own ways; else count maj_flt for MAJOR, min_flt for all others', (k, task, f, { returned }) => judge(k, task, f, returned)),
  step('release mmap_sem; the fault is served', (k, task, f) => {
    upRead(k, task, task.mm.mmapSem);
    decideFault(k, task, f.fault, { core: coreAnswer(k.profile.vmFault, f.core) });
    return next;
  }),
  step('return 0: the access is made again', () => done(0)),

  labelled('bad_area', 'release mmap_sem', (k, task, f) => {
    describeMapping(k, f);
    upRead(k, task, task.mm.mmapSem);
    return next;
  }),
  labelled('bad', 'no handler is asked: SIGSEGV', (k, task, f) => {
    const signal = { number: SIGNAL.SIGSEGV, code: f.siCode };
    decideFault(k, task, f.fault, isKernelAccess(f) ? { core: undefined } : { core: undefined, signal });
    return next;
  }),
  step('user mode: force the signal; kernel: return it, for the fixup', (k, task, f) => deliver(k, task, f, SIGNAL.SIGSEGV)),

  labelled('out_of_memory', 'release mmap_sem', (k, task) => {
    upRead(k, task, task.mm.mmapSem);
    return task.group.tgid === INIT ? goTo('init') : next;
  }),
  step('the process is to be killed', (k, task, f) => {
    const core = coreAnswer(k.profile.vmFault, f.core);
    decideFault(k, task, f.fault, isKernelAccess(f) ? { core } : { core, killed: k.profile.oomKills });
    return next;
  }),
  step('user mode: end it by SIGKILL; kernel: return SIGKILL, for the fixup', (k, task, f) => kill(k, task, f)),
  labelled('init', 'process 1 lets others run ...', (k, _task, f) => survive(k, f)),
  step('... takes mmap_sem again ...', (k, task, f) => takeMmapSem(k, task, f.fault)),
  step('... and tries once more with the same mapping', () => goTo('survive')),

  labelled('do_sigbus', 'release mmap_sem; SIGBUS at the address', (k, task, f) => {
    upRead(k, task, task.mm.mmapSem);
    const core = coreAnswer(k.profile.vmFault, f.core);
    const signal = { number: SIGNAL.SIGBUS, code: BUS_CODE.ADRERR };
    decideFault(k, task, f.fault, isKernelAccess(f) ? { core } : { core, signal });
    return next;
  }),
  step('user mode: force the signal; kernel: return it, for the fixup', (k, task, f) => deliver(k, task, f, SIGNAL.SIGBUS)),

  { ...labelled<PageFaultLocals>('bug', 'none of these: the kernel does not know what that is ...', (k, task, f) => {
    decideFault(k, task, f.fault, { core: coreAnswer(k.profile.vmFault, f.core), killed: 'thread' });
    return next;
  }), when: handsOn },
  stepWhen(handsOn, '... BUG(): the thread dies, and mmap_sem stays taken', (k, task) => kernelBug(k, task, 'do_page_fault')),
]);

function handsOn({ retryFolded }: Profile): boolean {
  return !retryFolded;
}

function isKernelAccess({ fault }: PageFaultLocals): boolean {
  return fault.record.origin === 'kernel';
}

/** Facts 2.2 step 6. */
function allows(vma: Vma, { fault: { record: { access } }, dsisr }: PageFaultLocals): boolean {
  const refused = (dsisr & DSISR.protection) !== 0;
  switch (access) {
    case 'execute': return vma.exec && !refused;
    case 'write': return vma.write;
    case 'read': return (vma.read || vma.exec) && !refused;
  }
}

function judge(k: Kernel, task: Task, f: PageFaultLocals, core: number): Verdict {
  f.core = core;
  const verdict = verdictOf(k.profile.vmFault, core);
  switch (verdict) {
    case 'minor':
    case 'major':
      countServed(k, task, f.fault, verdict);
      return next;
    case 'sigbus':
      return goTo('do_sigbus');
    case 'oom':
      return goTo('out_of_memory');
    case 'unknown':
      return goTo('bug');
  }
}

/** What a fault that no handler saw was in, for its record. */
function describeMapping(k: Kernel, { fault: { record }, vma, address }: PageFaultLocals): void {
  if (!vma || vma.start > address) return;
  record.mapping = vma.name;
  record.handler = handlerName(k.profile, vma.handler);
}

function deliver(k: Kernel, task: Task, f: PageFaultLocals, number: number): Verdict {
  if (isKernelAccess(f)) return done(number);
  forceSignal(k, task, faultSignal(number, number === SIGNAL.SIGBUS ? BUS_CODE.ADRERR : f.siCode, f.fault.record.ea, f.trap, f.dsisr));
  return done(0);
}

/** Process 1 is never killed: it tries for ever, with a mapping that may have gone meanwhile (facts 8.15). */
function survive(k: Kernel, f: PageFaultLocals): Verdict {
  f.survived = (f.survived ?? 0) + 1;
  if (f.survived === TELLING_TRIES) {
    k.notice(`Process 1 has found no memory for its access to 0x${f.fault.record.ea.toString(16)} ${String(TELLING_TRIES)} times: it cannot be killed, and tries for ever.`);
  }
  return yieldCpu;
}

function kill(k: Kernel, task: Task, f: PageFaultLocals): Verdict {
  if (isKernelAccess(f)) return done(SIGNAL.SIGKILL);
  k.notice(`VM: killing process ${task.name}`);
  if (k.profile.oomKills === 'group') exitGroup(k, task.group, { kind: 'signal', signal: SIGNAL.SIGKILL }, task);
  return call('do_exit', exitOf(task, SIGNAL.SIGKILL));
}
