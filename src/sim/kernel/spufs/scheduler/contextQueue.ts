/** The run queue of 2.6.21 and later: contexts that wait for an SPE, by priority (facts 4.3 to 4.5). */
import type { Kernel } from '../../kernel.ts';
import type { SpuContext } from '../state.ts';
import { cycleAfter, TICK_JIFFIES } from './timeslice.ts';
import { waitBegins, waitEnds } from './waiting.ts';

/** __spu_add_to_rq: at the end of its priority. A context is there once, however many threads want it. */
export function addToRunQueue(k: Kernel, context: SpuContext): void {
  const { runQueue } = k.state.spufs;
  const { contexts } = runQueue;
  if (contexts.includes(context)) return;
  const { priority } = context.schedule;
  const place = contexts.findIndex((other) => other.schedule.priority > priority);
  contexts.splice(place < 0 ? contexts.length : place, 0, context);
  waitBegins(k, context);
  if (contexts.length === 1 && countsTicks(k)) armTick(k);
}

/** __spu_del_from_rq: for every thread that wants it. Ticks end when nobody waits. */
export function removeFromRunQueue(k: Kernel, context: SpuContext): void {
  const { runQueue } = k.state.spufs;
  const place = runQueue.contexts.indexOf(context);
  if (place < 0) return;
  runQueue.contexts.splice(place, 1);
  waitEnds(k, context);
  if (runQueue.contexts.length === 0) runQueue.tickAt = undefined;
}

/** The context that waits first, if its priority is better than `limit`. */
export function firstRunnable(k: Kernel, limit: number): SpuContext | undefined {
  const first = k.state.spufs.runQueue.contexts[0];
  return first && first.schedule.priority < limit ? first : undefined;
}

/** grab_runnable_context: the same, off the queue. Affinity is not looked at, as in Linux. */
export function grabRunnable(k: Kernel, limit: number): SpuContext | undefined {
  const first = firstRunnable(k, limit);
  if (first) removeFromRunQueue(k, first);
  return first;
}

/** The next tick of the scheduler's timer. */
export function armTick(k: Kernel): void {
  const cycle = cycleAfter(k, TICK_JIFFIES);
  k.state.spufs.runQueue.tickAt = cycle;
  k.schedule(cycle, { kind: 'speScheduler', spe: 0, context: undefined });
}

function countsTicks({ profile: { scheduler } }: Kernel): boolean {
  return scheduler === 'timeslice' || scheduler === 'async';
}
