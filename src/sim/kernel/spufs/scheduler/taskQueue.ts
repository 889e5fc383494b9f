/** The run queue of 2.6.18 to 2.6.20: threads that sleep until an SPE is idle, by priority (facts 4.1, 4.2). */
import type { Kernel } from '../../kernel.ts';
import type { WaitQueue } from '../../state.ts';
import { newWaitQueue, wakeOne } from '../../wait.ts';
import type { SpeSlot, SpuContext, SpuRunQueue } from '../state.ts';
import { MAX_PRIO } from './timeslice.ts';

export function newRunQueue(spes: readonly number[]): SpuRunQueue {
  return { idle: [...spes], active: [], contexts: [], tickAt: undefined, waiting: new Map(), bitmap: new Map(), blocked: 0, switches: 0 };
}

/** The SPE that a context is bound to. */
export function slotOf(k: Kernel, { spe }: SpuContext): SpeSlot | undefined {
  return spe === undefined ? undefined : k.state.spufs.slots[spe];
}

/** Best priority in the bitmap; MAX_PRIO, worse than all, when nobody waits. */
export function bestPriority({ bitmap }: SpuRunQueue): number {
  let best = MAX_PRIO;
  for (const [priority, count] of bitmap) if (count > 0 && priority < best) best = priority;
  return best;
}

/** A task of this priority goes to sleep in prio_wait: its bit is set, and this is where it sleeps. */
export function beginWait(queue: SpuRunQueue, priority: number): WaitQueue {
  queue.blocked += 1;
  queue.bitmap.set(priority, (queue.bitmap.get(priority) ?? 0) + 1);
  let sleepers = queue.waiting.get(priority);
  if (!sleepers) {
    sleepers = newWaitQueue(`the SPE run queue at priority ${String(priority)}`);
    queue.waiting.set(priority, sleepers);
  }
  return sleepers;
}

/** The task runs again. Until then its bit keeps others of its priority from an SPE that became idle for it. */
export function endWait(queue: SpuRunQueue, priority: number): void {
  queue.blocked -= 1;
  queue.bitmap.set(priority, (queue.bitmap.get(priority) ?? 0) - 1);
}

/** prio_wakeup: where an SPE is idle, whoever of the best priority has waited longest may look for it. */
export function wakeBest(k: Kernel): void {
  const { idle, waiting } = k.state.spufs.runQueue;
  if (idle.length === 0) return;
  let best: WaitQueue | undefined;
  let bestOf = MAX_PRIO;
  for (const [priority, queue] of waiting) {
    if (queue.waiters.length === 0 || priority >= bestOf) continue;
    best = queue;
    bestOf = priority;
  }
  if (best) wakeOne(k, best);
}
