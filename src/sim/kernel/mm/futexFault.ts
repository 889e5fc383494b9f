/** futex_handle_fault: bringing in the page of a futex whose word could not be read or written (facts 2.4). */
import { coreAnswer, verdictOf } from '../fault/coreAnswer.ts';
import { beginFault, countServed, decideFault } from '../fault/inFlight.ts';
import type { FaultInFlight } from '../fault/state.ts';
import { faultingPc } from '../fault/userRegisters.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, next, path, step } from '../path.ts';
import { downRead, upRead } from '../rwsem.ts';
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { vmaAt } from './vma.ts';

interface FutexFault {
  readonly address: number;
  readonly write: boolean;
  /** 1 for the first time that this call faults. */
  readonly attempt: number;
  fault?: FaultInFlight;
  result?: number;
}

declare module '../path.ts' {
  interface PathLocals {
    futex_handle_fault: FutexFault;
  }
}

const MOST_ATTEMPTS = 2;

/** Answers 0 when the access is worth another try, else -EFAULT. */
export const futexHandleFault = path('futex_handle_fault', 'kernel/futex.c', [
  step('take mmap_sem for reading', (_k, task) => downRead(task, task.mm.mmapSem) ?? next),
  step('the third failure, or no mapping that allows the access: -EFAULT', (k, task, f) => {
    const vma = vmaAt(task.mm, f.address);
    f.result = -ERRNO.EFAULT;
    if (f.attempt > MOST_ATTEMPTS || !vma || !(f.write ? vma.write : vma.read)) return next;
    const fault = beginFault(k, task, { origin: 'kernel', ea: BigInt(f.address), access: f.write ? 'write' : 'read', pc: faultingPc(k, task) });
    f.fault = fault;
    return call('handle_mm_fault', { fault, mm: task.mm, vma, address: f.address, write: f.write });
  }),
  step('MINOR and MAJOR are counted; all else is -EFAULT', (k, task, f, { returned }) => {
    if (f.fault) judge(k, task, f, f.fault, returned);
    return next;
  }),
  step('release mmap_sem', (k, task, f) => {
    upRead(k, task, task.mm.mmapSem);
    return done(f.result ?? -ERRNO.EFAULT);
  }),
]);

function judge(k: Kernel, task: Task, f: FutexFault, fault: FaultInFlight, core: number): void {
  const { vmFault } = k.profile;
  const verdict = verdictOf(vmFault, core);
  if (verdict === 'minor' || verdict === 'major') {
    countServed(k, task, fault, verdict);
    f.result = 0;
  }
  decideFault(k, task, fault, { core: coreAnswer(vmFault, core) });
}
