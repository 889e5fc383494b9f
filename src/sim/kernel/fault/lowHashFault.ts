/** An access whose page is there for Linux and not for the hypervisor: SIGBUS without any page fault (facts 2.1 step 3, 7 row 55). */
import type { PageFault } from '../../mmu/pageFault.ts';
import type { Kernel } from '../kernel.ts';
import { vmaAt } from '../mm/vma.ts';
import { done, next, path, step } from '../path.ts';
import { BUS_CODE, SIGNAL } from '../signal/numbers.ts';
import { faultSignal, forceSignal } from '../signal/send.ts';
import type { Task } from '../state.ts';
import { beginFault, decideFault } from './inFlight.ts';
import type { FaultInFlight } from './state.ts';
import { faultingPc } from './userRegisters.ts';

interface LowHashFault {
  readonly fault: FaultInFlight;
  readonly trap: number;
  readonly dsisr: number;
}

declare module '../path.ts' {
  interface PathLocals {
    low_hash_fault: LowHashFault;
  }
}

/** Locals of low_hash_fault for a refusal that a user instruction (`ppe`) or a kernel access (`kernel`) met. */
export function lowHashFaultLocals(k: Kernel, task: Task, { ea, access, trap, dsisr }: PageFault, origin: 'ppe' | 'kernel'): LowHashFault {
  const fault = beginFault(k, task, { origin, ea, access, pc: faultingPc(k, task) });
  fault.record.mapping = vmaAt(task.mm, Number(ea))?.name ?? '';
  return { fault, trap, dsisr };
}

/** Returns 0; for a kernel access SIGBUS, for the fixup. */
export const lowHashFault = path('low_hash_fault', 'arch/powerpc/mm/hash_utils_64.c', [
  step('the PTE is in order, but the hypervisor refuses the hash-table entry: nobody else is asked', (k, task, { fault }) => {
    const signal = { number: SIGNAL.SIGBUS, code: BUS_CODE.ADRERR };
    decideFault(k, task, fault, { core: undefined, outcome: 'SIGBUS', ...(fault.record.origin === 'kernel' ? {} : { signal }) });
    return next;
  }),
  step('user mode: force SIGBUS at the address; kernel: return it, for the fixup', (k, task, { fault: { record }, trap, dsisr }) => {
    if (record.origin === 'kernel') return done(SIGNAL.SIGBUS);
    forceSignal(k, task, faultSignal(SIGNAL.SIGBUS, BUS_CODE.ADRERR, record.ea, trap, dsisr));
    return done(0);
  }),
]);
