/** spu_deactivate: a context leaves its SPE, and whoever waits longest at the best priority may have it (facts 4). */
import type { Kernel } from '../../kernel.ts';
import { wakeAll, wakeOne } from '../../wait.ts';
import { unbindContext } from '../bind.ts';
import { SPU_CREATE } from '../createFlags.ts';
import type { SpuContext } from '../state.ts';
import { firstRunnable, grabRunnable } from './contextQueue.ts';
import { giveSpe } from './giveSpe.ts';
import { slotOf, wakeBest } from './taskQueue.ts';
import { MAX_PRIO } from './timeslice.ts';

/** Does nothing to a context that has no SPE. */
export function deactivate(k: Kernel, context: SpuContext): void {
  const slot = slotOf(k, context);
  if (!slot) return;
  const { spe } = slot;
  unbindContext(k, context);
  context.statistics.voluntarySwitches += 1;
  switch (k.profile.scheduler) {
    case 'reaper':
    case 'none':
      freeSpe(k, spe);
      wakeBest(k);
      break;
    case 'rr': {
      freeSpe(k, spe);
      // 2.6.21 wakes it where it stands: it leaves the queue itself.
      const first = firstRunnable(k, MAX_PRIO);
      if (first) wakeOne(k, first.stopQueue);
      break;
    }
    case 'timeslice': {
      freeSpe(k, spe);
      const first = grabRunnable(k, MAX_PRIO);
      if (first) wakeOne(k, first.stopQueue);
      break;
    }
    case 'async':
      passOn(k, spe, grabRunnable(k, MAX_PRIO));
      break;
  }
}

/** From 2.6.25 on the SPE goes straight to the next context; one with SPU_CREATE_NOSCHED has a thread that fetches it. */
export function passOn(k: Kernel, spe: number, next: SpuContext | undefined): void {
  if (next && (next.flags & SPU_CREATE.nosched) === 0) {
    giveSpe(k, next, spe);
    return;
  }
  freeSpe(k, spe);
  if (next) wakeOne(k, next.stopQueue);
}

/** The context has been pushed off its SPE: its thread in spu_run hears of it, so that it queues up again. */
export function tellRunner(k: Kernel, context: SpuContext): void {
  wakeAll(k, context.stopQueue);
}

export function freeSpe(k: Kernel, spe: number): void {
  k.state.spufs.runQueue.idle.push(spe);
}
