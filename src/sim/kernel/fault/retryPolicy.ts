/** How often an access may be sent back to be made again: the policies of the debate (facts 1.1, 8.17). */
import type { Kernel } from '../kernel.ts';
import { signalPending } from '../signal/pending.ts';
import type { Task } from '../state.ts';
import { attemptOf } from './attempts.ts';
import type { FaultInFlight, FaultRecord } from './state.ts';

/**
 * Whether a signal may end the waits of a fault that can be sent back. Where it may not, the
 * fault waits for what it needs, and the signal until then.
 */
export function isInterruptible({ profile }: Kernel, task: Task, record: FaultRecord): boolean {
  switch (profile.interruptedRetry) {
    case 'unlimited':
    case 'mm-sequence': return true;
    case 'once': return attemptOf(task, record) === undefined;
    // A signal can be handled only on the way back to user mode.
    case 'signal-bounded': return record.origin !== 'kernel';
  }
}

/** Whether a fault lets mmap_sem go while it waits for the disk. */
export function waitsWithoutMmapSem({ profile: { pageCacheRetry } }: Kernel, task: Task, { record }: FaultInFlight): boolean {
  return pageCacheRetry === 'once' ? attemptOf(task, record) === undefined : pageCacheRetry !== 'never';
}

/** Whether a pending signal ends a wait on behalf of `fault`, or of nobody in particular. */
export function endsWait(task: Task, fault: FaultInFlight | undefined): boolean {
  return fault?.interruptible !== false && signalPending(task);
}
