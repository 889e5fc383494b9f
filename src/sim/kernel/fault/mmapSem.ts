/** mmap_sem as a fault takes it for reading, and as a handler lets it go for a wait (facts 1.1, 2.2, 3.5). */
import type { Kernel } from '../kernel.ts';
import { next, type Verdict } from '../path.ts';
import { downRead, upRead } from '../rwsem.ts';
import type { Task } from '../state.ts';
import { faultSleeps, faultWoke } from './inFlight.ts';
import type { FaultInFlight } from './state.ts';

/** A handler that can wait without mmap_sem. */
export interface MmapSemReleased {
  readonly fault: FaultInFlight;
  /** mmap_sem was released for the wait; how often it had been taken for writing by then. */
  releasedAt?: number | undefined;
}

/** The step that answers this runs again when the semaphore is granted. */
export function takeMmapSem(k: Kernel, task: Task, fault: FaultInFlight): Verdict {
  faultWoke(k, task, fault);
  const asleep = downRead(task, task.mm.mmapSem);
  return asleep?.kind === 'wait' ? faultSleeps(k, fault, asleep.queue, asleep.interruptible) : asleep ?? next;
}

export function releaseMmapSem(k: Kernel, task: Task, f: MmapSemReleased): void {
  const { mmapSem } = task.mm;
  f.releasedAt = mmapSem.writes;
  upRead(k, task, mmapSem);
}

/** As `takeMmapSem`, where `releaseMmapSem` has released it. */
export function retakeMmapSem(k: Kernel, task: Task, f: MmapSemReleased): Verdict {
  return f.releasedAt === undefined ? next : takeMmapSem(k, task, f.fault);
}

/** After `retakeMmapSem`: whether nobody took it for writing meanwhile, so that mappings are what they were. */
export function mappingsUnchanged({ mm: { mmapSem } }: Task, f: MmapSemReleased): boolean {
  const unchanged = f.releasedAt === mmapSem.writes;
  f.releasedAt = undefined;
  return unchanged;
}
