/** Taking an SPE away from a context: on its own account, or by the reaper (facts 4.1). */
import type { Kernel } from '../kernel.ts';
import { wakeAll } from '../wait.ts';
import { stopSpu, unbindContext } from './bind.ts';
import { slotOf, wakeBest } from './runQueue.ts';
import type { SpeSlot, SpuContext } from './state.ts';

/** Shortest time that a context keeps its SPE, in milliseconds. */
const MINIMUM_SLICE_MS = 100;

/** spu_deactivate: the context is saved, its SPE is idle, and the best waiter may have it. */
export function deactivate(k: Kernel, context: SpuContext): void {
  const slot = slotOf(k, context);
  if (!slot) return;
  unbindContext(k, context);
  const { idle, active } = k.state.spufs.runQueue;
  active.splice(active.indexOf(slot.spe), 1);
  idle.push(slot.spe);
  wakeBest(k);
}

/** schedule_spu_reaper: the context on this SPE is marked, and loses it when its shortest slice is over. */
export function sendReaper(k: Kernel, slot: SpeSlot): void {
  const { context, spe } = slot;
  if (!context) return;
  slot.marked = true;
  k.schedule(Math.max(k.now(), sliceEnd(k, slot)), { kind: 'speScheduler', spe, context });
}

/** The reaper's time has come. It waits for state_sema like any writer. */
export function reap(k: Kernel, spe: number, context: SpuContext): void {
  const slot = k.state.spufs.slots[spe];
  // A context that came back to this SPE is marked anew, with a time of its own.
  if (slot?.context !== context || !slot.marked || k.now() < sliceEnd(k, slot)) return;
  const { readers, writer } = context.stateSema;
  if (readers.length > 0 || writer !== undefined) context.reaperWaits = true;
  else reapNow(k, context);
}

/** The reaper has state_sema: it takes the SPE if somebody still waits for one. */
export function reapNow(k: Kernel, context: SpuContext): void {
  context.reaperWaits = false;
  const slot = slotOf(k, context);
  if (!slot?.marked) return;
  if (k.state.spufs.runQueue.blocked === 0) {
    slot.marked = false;
    return;
  }
  stopSpu(k, context);
  deactivate(k, context);
  wakeAll(k, context.stopQueue);
}

function sliceEnd(k: Kernel, { timestamp }: SpeSlot): number {
  return timestamp + Math.floor((MINIMUM_SLICE_MS * k.configuration.cyclesPerSecond) / 1000);
}
