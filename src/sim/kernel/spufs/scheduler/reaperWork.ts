/** The reaper of 2.6.18: takes an SPE from a context of worse priority, 100 ms after it got it (facts 4.1). */
import type { Kernel } from '../../kernel.ts';
import { isHeld } from '../../rwsem.ts';
import { stopSpu } from '../bind.ts';
import type { SpeSlot, SpuContext } from '../state.ts';
import { deactivate, tellRunner } from './deactivate.ts';
import { slotOf } from './taskQueue.ts';

/** Shortest time that a context keeps its SPE, in milliseconds. */
const MINIMUM_SLICE_MS = 100;

/** schedule_spu_reaper: the context on this SPE is marked, and loses it when its shortest slice is over. */
export function sendReaper(k: Kernel, slot: SpeSlot): void {
  const { context, spe } = slot;
  if (!context) return;
  slot.marked = true;
  k.schedule(Math.max(k.now(), sliceEnd(k, slot)), { kind: 'speScheduler', spe, context });
}

/** The reaper's time has come. It waits for state_sema like any writer. */
export function reap(k: Kernel, slot: SpeSlot, context: SpuContext): void {
  // A context that came back to this SPE is marked anew, with a time of its own.
  if (slot.context !== context || !slot.marked || k.now() < sliceEnd(k, slot)) return;
  if (isHeld(context.stateSema)) context.deferred.push({ kind: 'reap' });
  else reapNow(k, context);
}

/** The reaper has state_sema: it takes the SPE if somebody still waits for one. */
export function reapNow(k: Kernel, context: SpuContext): void {
  const slot = slotOf(k, context);
  if (!slot?.marked) return;
  if (k.state.spufs.runQueue.blocked === 0) {
    slot.marked = false;
    return;
  }
  stopSpu(k, context);
  deactivate(k, context);
  tellRunner(k, context);
}

function sliceEnd(k: Kernel, { timestamp }: SpeSlot): number {
  return timestamp + Math.floor((MINIMUM_SLICE_MS * k.configuration.cyclesPerSecond) / 1000);
}
