/** A storage fault of an SPE's DMA, served by the thread that runs its context (facts 5.2). */
import { DSISR } from '../../mmu/pageFault.ts';
import { faultedCommand, restartDma } from '../../spe/mfc.ts';
import type { Kernel } from '../kernel.ts';
import { handlerName } from '../mm/handlerPaths.ts';
import { growStack } from '../mm/stack.ts';
import { TASK_SIZE, type Vma } from '../mm/state.ts';
import { findVma } from '../mm/vma.ts';
import { call, done, goTo, labelled, next, path, step, stepWhen, type Verdict } from '../path.ts';
import { upRead } from '../rwsem.ts';
import { BUS_CODE, SEGV_CODE, SIGNAL } from '../signal/numbers.ts';
import { faultSignal, forceSignal, kernelSignal } from '../signal/send.ts';
import type { SignalInfo } from '../signal/state.ts';
import { speOf } from '../spufs/bind.ts';
import { SPE_EVENT, wantsEvents } from '../spufs/errors.ts';
import type { SpuContext } from '../spufs/state.ts';
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { coreAnswer, verdictOf } from './coreAnswer.ts';
import { beginFault, countServed, decideFault } from './inFlight.ts';
import { kernelBug } from './kernelBug.ts';
import { takeMmapSem } from './mmapSem.ts';
import { mfcCommandName } from './mfcCommandName.ts';
import type { FaultInFlight } from './state.ts';

export interface SpeFaultLocals {
  readonly fault: FaultInFlight;
  readonly context: SpuContext;
  readonly address: number;
  readonly dsisr: number;
  vma: Vma | undefined;
  core: number | undefined;
}

declare module '../path.ts' {
  interface PathLocals {
    spu_handle_mm_fault: SpeFaultLocals;
  }
}

/** Locals for the fault that the MFC of a context shows in DAR and DSISR, on its SPE or saved. */
export function speFaultLocals(k: Kernel, task: Task, context: SpuContext): SpeFaultLocals {
  const spe = speOf(k, context);
  const { dar, dsisr } = spe.state.mfc;
  const command = faultedCommand(spe);
  const fault = beginFault(k, task, {
    origin: 'mfc', ea: dar, access: (dsisr & DSISR.store) !== 0 ? 'write' : 'read', pc: command?.pc ?? spe.registers.pc,
    context: context.name, spe: context.spe, command: command && mfcCommandName(command.opcode), tag: command?.tag,
  });
  return { fault, context, address: Number(dar), dsisr, vma: undefined, core: undefined };
}

/** Answers 0 when the DMA may be restarted, or -EFAULT; the thread has a signal then, or its spu_run an event. */
export const spuHandleMmFault = path('spu_handle_mm_fault', 'arch/powerpc/platforms/cell/spu_base.c', [
  step('hash_page: if the page table allows the access by now, no fault is left', (k, task, f) =>
    (f.address < TASK_SIZE && k.mmu.hashPage(task.mm, f.address, isWrite(f)) ? hashed(f) : next)),
  step('an address outside the user region is not served', (_k, _task, f) => (f.address < TASK_SIZE ? next : goTo('bad'))),
  step('take mmap_sem for reading', (k, task, f) => takeMmapSem(k, task, f.fault)),
  step('find_vma: the first mapping that ends above the address', (_k, task, f) => {
    f.vma = findVma(task.mm, f.address);
    return f.vma ? next : goTo('bad_area');
  }),
  stepWhen(({ speStackGrowth }) => speStackGrowth, 'a stack grows down', (k, task, { vma, address }) => {
    if (vma?.growsDown && address < vma.start) growStack(k, task, vma, address);
    return next;
  }),
  step('an address below the mapping is bad', (_k, _task, f) => (f.vma && f.vma.start <= f.address ? next : goTo('bad_area'))),
  step('does the mapping allow the access?', (k, _task, f) => (f.vma && allows(k, f.vma, f) ? next : goTo('bad_area'))),
  step('handle_mm_fault: have the page brought in', (_k, task, { fault, vma, address, dsisr }) =>
    vma ? call('handle_mm_fault', { fault, mm: task.mm, vma, address, write: (dsisr & DSISR.store) !== 0 }) : goTo('bad_area')),
  step('count MINOR and MAJOR for the thread; SIGBUS and OOM are bad', (k, task, f, { returned }) => judge(k, task, f, returned)),
  step('release mmap_sem; the fault is served', (k, task, f) => {
    upRead(k, task, task.mm.mmapSem);
    decideFault(k, task, f.fault, { core: coreAnswer(k.profile.vmFault, returnedCore(f)) });
    return done(0);
  }),
  labelled('bad_area', 'release mmap_sem', (k, task) => {
    upRead(k, task, task.mm.mmapSem);
    return next;
  }),
  labelled('bad', ({ badDma }) => `the DMA stays where it is: ${badDma === 'sigsegv' ? 'SIGSEGV, SEGV_ACCERR' : badDma === 'sigbus' ? 'SIGBUS' : 'SIGBUS, BUS_ADRERR'}, or an event for a context that wants events`, (k, task, f) => {
    const core = f.core === undefined ? undefined : coreAnswer(k.profile.vmFault, f.core);
    const { number, code, address } = badDmaSignal(k, f);
    decideFault(k, task, f.fault, wantsEvents(f.context) ? { core } : { core, signal: { number, code, address } });
    return next;
  }),
  step('force the signal on the thread; the event is for its spu_run to report', (k, task, f) => {
    if (wantsEvents(f.context)) f.context.eventReturn |= SPE_EVENT[k.profile.storageEvent];
    else forceSignal(k, task, badDmaSignal(k, f));
    return next;
  }),
  stepWhen(({ badDma }) => badDma === 'sigsegv', 'restart the DMA: a handler may have mapped the page by the time that the SPU runs again', (k, _task, f) => {
    if (!wantsEvents(f.context)) restartDma(speOf(k, f.context), k.now());
    return next;
  }),
  step('-EFAULT', () => done(-ERRNO.EFAULT)),
  { ...labelled<SpeFaultLocals>('bug', 'an answer that the kernel does not know ...', (k, task, f) => {
    decideFault(k, task, f.fault, { core: coreAnswer(k.profile.vmFault, returnedCore(f)), killed: 'thread' });
    return next;
  }), when: ({ retryFolded }) => !retryFolded },
  stepWhen(({ retryFolded }) => !retryFolded, '... BUG(): the thread dies, and mmap_sem stays taken', (k, task) => kernelBug(k, task, 'spu_handle_mm_fault')),
]);

/** What the thread in spu_run gets for a DMA to a bad address (facts 5.2). */
function badDmaSignal({ profile }: Kernel, { fault: { record: { ea } } }: SpeFaultLocals): SignalInfo {
  switch (profile.badDma) {
    case 'sigbus': return kernelSignal(SIGNAL.SIGBUS);
    case 'sigbus-address': return faultSignal(SIGNAL.SIGBUS, BUS_CODE.ADRERR, ea, 0, 0);
    case 'sigsegv': return faultSignal(SIGNAL.SIGSEGV, SEGV_CODE.ACCERR, ea, 0, 0);
  }
}

function hashed({ context: { statistics } }: SpeFaultLocals): Verdict {
  statistics.hashFaults += 1;
  return done(0);
}

function isWrite({ dsisr }: SpeFaultLocals): boolean {
  return (dsisr & DSISR.store) !== 0;
}

function allows(k: Kernel, vma: Vma, f: SpeFaultLocals): boolean {
  f.fault.record.mapping = vma.name;
  f.fault.record.handler = handlerName(k.profile, vma.handler);
  if (isWrite(f)) return vma.write;
  return (f.dsisr & DSISR.protection) === 0 && (vma.read || vma.exec);
}

function returnedCore({ core }: SpeFaultLocals): number {
  return core ?? 0;
}

function judge(k: Kernel, task: Task, f: SpeFaultLocals, core: number): Verdict {
  f.core = core;
  const verdict = verdictOf(k.profile.vmFault, core);
  switch (verdict) {
    case 'minor':
      f.context.statistics.minorFaults += 1;
      break;
    case 'major':
      f.context.statistics.majorFaults += 1;
      break;
    case 'unknown':
      return goTo('bug');
    default:
      return goTo('bad_area');
  }
  countServed(k, task, f.fault, verdict);
  return next;
}
