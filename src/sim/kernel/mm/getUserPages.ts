/** get_user_pages: bringing pages in without touching them (facts 2.4). The caller holds mmap_sem. */
import { coreAnswer, verdictOf } from '../fault/coreAnswer.ts';
import { beginFault, countServed, decideFault } from '../fault/inFlight.ts';
import type { FaultInFlight } from '../fault/state.ts';
import { kernelBug } from '../fault/kernelBug.ts';
import { faultingPc } from '../fault/userRegisters.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, stepWhen, yieldCpu, type Verdict } from '../path.ts';
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { holdPage } from './frames.ts';
import { pageBase, pteOf } from './pages.ts';
import { PTE_PRESENT, PTE_RW, pteFlags, pteFrame } from './pte.ts';
import type { Mm, Vma } from './state.ts';
import { isIo, vmaAt } from './vma.ts';

export interface GetUserPages {
  readonly mm: Mm;
  /** First address not looked at yet. */
  address: number;
  readonly end: number;
  /** The pages are to be written, or written where their mapping allows it; private mappings then get copies. */
  readonly write: boolean | 'where allowed';
  /** Collects a held frame for each page; the caller releases them. Without it the pages are only brought in. */
  readonly frames: number[] | undefined;
  /** Pages done. */
  got: number;
  vma?: Vma | undefined;
  /** The copy has been made: the page need not be writable. */
  copied?: boolean;
  fault?: FaultInFlight;
  /** Negative errno that ends the call, unless some pages are done. */
  error?: number;
}

declare module '../path.ts' {
  interface PathLocals {
    get_user_pages: GetUserPages;
  }
}

/** Answers the number of pages, or -EFAULT or -ENOMEM when there was not even one. */
export const getUserPages = path('get_user_pages', 'mm/memory.c', [
  labelled('page', 'the next page: its mapping must be memory and allow the access, else -EFAULT', (k, _task, f) => {
    if (f.address >= f.end) return done(f.got);
    const vma = vmaAt(f.mm, f.address);
    if (!vma || isIo(k, vma) || !(f.write === true ? vma.write : vma.read || vma.write || vma.exec)) return goTo('end');
    f.vma = vma;
    f.copied = false;
    return next;
  }),
  stepWhen(({ gupStopsForOom }) => gupStopsForOom, 'the OOM killer has chosen this process, which is not to take more memory (TIF_MEMDIE): -ENOMEM', (_k, task, f) => {
    if (task.group.oomVictim !== true) return next;
    f.error = -ERRNO.ENOMEM;
    return goTo('end');
  }),
  labelled('follow', 'follow_page: is it there?', (k, _task, f) => (isThere(k, f) ? goTo('got') : next)),
  step('no: __handle_mm_fault', (k, task, f) => {
    const { mm, vma, address } = f;
    if (!vma) return goTo('end');
    const write = wantsWrite(f);
    const fault = beginFault(k, task, { origin: 'kernel', ea: BigInt(address), access: write ? 'write' : 'read', pc: faultingPc(k, task) });
    f.fault = fault;
    return call('__handle_mm_fault', { fault, mm, vma, address, write: write && f.copied !== true });
  }),
  step('count MINOR and MAJOR; SIGBUS is -EFAULT, OOM is -ENOMEM', (k, task, f, { returned }) => judge(k, task, f, returned)),
  stepWhen(({ gupReschedules }) => gupReschedules, 'cond_resched', () => yieldCpu),
  step('look again; signals are not examined', () => goTo('follow')),
  labelled('got', 'yes: on to the next', (k, _task, f) => {
    if (f.frames) {
      const frame = pteFrame(pteOf(k, f.mm, f.address));
      holdPage(k, frame);
      f.frames.push(frame);
    }
    f.got += 1;
    f.address = pageBase(k, f.address) + k.configuration.pageBytes;
    return goTo('page');
  }),
  labelled('end', 'answer the pages that are done, or the error', (_k, _task, f) => done(f.got > 0 ? f.got : f.error ?? -ERRNO.EFAULT)),
  { ...labelled<GetUserPages>('bug', 'an answer that the kernel does not know: BUG()', (k, task) => kernelBug(k, task, 'get_user_pages')), when: ({ retryFolded }) => !retryFolded },
]);

function isThere(k: Kernel, f: GetUserPages): boolean {
  const flags = pteFlags(pteOf(k, f.mm, f.address));
  return (flags & PTE_PRESENT) !== 0 && (!wantsWrite(f) || f.copied === true || (flags & PTE_RW) !== 0);
}

function wantsWrite({ write, vma }: GetUserPages): boolean {
  return write === 'where allowed' ? vma?.write === true : write;
}

function judge(k: Kernel, task: Task, f: GetUserPages, answer: number): Verdict {
  const { vmFault } = k.profile;
  if ((answer & vmFault.write) !== 0) f.copied = true;
  const core = answer & ~vmFault.write;
  const verdict = verdictOf(vmFault, core);
  const served = verdict === 'minor' || verdict === 'major';
  if (f.fault) {
    if (served) countServed(k, task, f.fault, verdict);
    decideFault(k, task, f.fault, { core: coreAnswer(vmFault, core), ...(verdict === 'unknown' ? { killed: 'thread' as const } : {}) });
  }
  if (served) return next;
  if (verdict === 'unknown') return goTo('bug');
  f.error = verdict === 'oom' ? -ERRNO.ENOMEM : -ERRNO.EFAULT;
  return goTo('end');
}
