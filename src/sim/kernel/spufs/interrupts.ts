/** What the kernel does at once when an SPE interrupts (facts 5.1). */
import { clearInterrupts, INTERRUPT, raiseInterrupt, setInterruptMask } from '../../spe/interrupts.ts';
import { MFC_DSISR, restartDma } from '../../spe/mfc.ts';
import type { Spe } from '../../spe/spe.ts';
import { readinessChanged } from '../files/readiness.ts';
import type { Kernel } from '../kernel.ts';
import { wakeAll } from '../wait.ts';
import { sendAsyncNotice } from './asyncNotice.ts';
import type { SpuContext } from './state.ts';

/** Region of an effective address: its upper four bits; 0 is the user's (facts 6.4). */
const REGION_SHIFT = 60n;

/** `bits` of class `interruptClass` of an SPE are enabled and have become pending. */
export function speInterrupt(k: Kernel, number: number, interruptClass: 0 | 1 | 2, bits: number): void {
  const context = k.state.spufs.slots[number]?.context;
  const spe = k.spes[number];
  if (!context || !spe) return;
  switch (interruptClass) {
    case 0:
      wakeAll(k, context.stopQueue);
      break;
    case 1:
      if ((bits & INTERRUPT.segmentFault) !== 0) segmentFault(k, number, context, spe);
      // A page is brought in by the thread in spu_run.
      if ((bits & INTERRUPT.storageFault) !== 0) wakeAll(k, context.stopQueue);
      break;
    case 2:
      applicationInterrupt(k, context, spe, bits);
      break;
  }
}

/** A segment of the user region is filled in at once. The kernel's own region is refused, and the DMA stays where it is. */
function segmentFault(k: Kernel, number: number, context: SpuContext, spe: Spe): void {
  const { mfc } = spe.state;
  context.statistics.slbFaults += 1;
  clearInterrupts(spe, 1, INTERRUPT.segmentFault);
  if (k.mmu.loadMfcSegment(number, mfc.dar)) {
    restartDma(spe, k.now());
  } else if (mfc.dar >> REGION_SHIFT === 0n) {
    // No mapping can be there: as if the segment had been found and the page had not.
    mfc.dsisr |= MFC_DSISR.notFound;
    raiseInterrupt(spe, 1, INTERRUPT.storageFault);
  } else {
    k.notice(`A DMA of the SPE context ${context.name} went to 0x${mfc.dar.toString(16)}, outside the user region. Linux ${k.profile.name} takes no notice of that: the DMA never ends.`);
  }
}

function applicationInterrupt(k: Kernel, context: SpuContext, spe: Spe, bits: number): void {
  context.statistics.class2Interrupts += 1;
  if ((bits & (INTERRUPT.stopAndSignal | INTERRUPT.halt)) !== 0) {
    clearInterrupts(spe, 2, bits & (INTERRUPT.stopAndSignal | INTERRUPT.halt));
    wakeAll(k, context.stopQueue);
  }
  if ((bits & INTERRUPT.tagGroupComplete) !== 0) {
    clearInterrupts(spe, 2, INTERRUPT.tagGroupComplete);
    wakeFile(k, context, 'mfc');
  }
  // The mailbox interrupts are levels: they are masked until somebody waits again.
  const levels = bits & (INTERRUPT.outboundMailbox | INTERRUPT.inboundMailboxSpace);
  if (levels === 0) return;
  setInterruptMask(spe, 2, spe.state.interrupts.mask[2] & ~levels);
  if ((levels & INTERRUPT.outboundMailbox) !== 0) wakeFile(k, context, 'ibox');
  if ((levels & INTERRUPT.inboundMailboxSpace) !== 0) wakeFile(k, context, 'wbox');
}

function wakeFile(k: Kernel, context: SpuContext, name: 'ibox' | 'wbox' | 'mfc'): void {
  const { iboxQueue: ibox, wboxQueue: wbox, mfcQueue: mfc } = context;
  wakeAll(k, { ibox, wbox, mfc }[name]);
  sendAsyncNotice(k, context, name);
  readinessChanged(k);
}
