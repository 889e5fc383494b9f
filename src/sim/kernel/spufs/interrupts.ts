/** What the kernel does at once when an SPE interrupts (facts 5.1). */
import { clearInterrupts, INTERRUPT, setInterruptMask } from '../../spe/interrupts.ts';
import { restartDma } from '../../spe/mfc.ts';
import { readinessChanged } from '../files/readiness.ts';
import type { Kernel } from '../kernel.ts';
import type { WaitQueue } from '../state.ts';
import { wakeAll } from '../wait.ts';

/** `bits` of class `interruptClass` of an SPE are enabled and have become pending. */
export function speInterrupt(k: Kernel, number: number, interruptClass: 0 | 1 | 2, bits: number): void {
  const context = k.state.spufs.slots[number]?.context;
  const spe = k.spes[number];
  if (!context || !spe) return;
  if (interruptClass === 0) wakeAll(k, context.stopQueue);
  if (interruptClass === 1) {
    // A segment is filled in at once; a page needs the thread in spu_run.
    if ((bits & INTERRUPT.segmentFault) !== 0 && k.mmu.loadMfcSegment(number, spe.state.mfc.dar)) {
      clearInterrupts(spe, 1, INTERRUPT.segmentFault);
      restartDma(spe, k.now());
    } else wakeAll(k, context.stopQueue);
  }
  if (interruptClass !== 2) return;
  if ((bits & (INTERRUPT.stopAndSignal | INTERRUPT.halt)) !== 0) {
    clearInterrupts(spe, 2, bits & (INTERRUPT.stopAndSignal | INTERRUPT.halt));
    wakeAll(k, context.stopQueue);
  }
  if ((bits & INTERRUPT.tagGroupComplete) !== 0) {
    clearInterrupts(spe, 2, INTERRUPT.tagGroupComplete);
    wakeFile(k, context.mfcQueue);
  }
  // The mailbox interrupts are levels: they are masked until somebody waits again.
  const levels = bits & (INTERRUPT.outboundMailbox | INTERRUPT.inboundMailboxSpace);
  if (levels === 0) return;
  setInterruptMask(spe, 2, spe.state.interrupts.mask[2] & ~levels);
  if ((levels & INTERRUPT.outboundMailbox) !== 0) wakeFile(k, context.iboxQueue);
  if ((levels & INTERRUPT.inboundMailboxSpace) !== 0) wakeFile(k, context.wboxQueue);
}

function wakeFile(k: Kernel, queue: WaitQueue): void {
  wakeAll(k, queue);
  readinessChanged(k);
}
