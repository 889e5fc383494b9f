/** What the SPE cannot do, as a signal for the thread that runs it or as an event that spu_run reports (facts 3.7, 5.1). */
import { clearInterrupts, INTERRUPT, interruptStatus } from '../../spe/interrupts.ts';
import type { Kernel } from '../kernel.ts';
import { BUS_CODE, ILL_CODE, SIGNAL } from '../signal/numbers.ts';
import { faultSignal, forceSignal, kernelSignal } from '../signal/send.ts';
import type { SignalInfo } from '../signal/state.ts';
import type { Task } from '../state.ts';
import { readNpc, speOf } from './bind.ts';
import { SPU_CREATE } from './createFlags.ts';
import type { SpuContext } from './state.ts';

/** SPE_EVENT_ bits of `event_return`. */
export const SPE_EVENT = {
  dmaAlignment: 0x0008, speError: 0x0010, dataSegment: 0x0020, dataStorage: 0x0040, invalidDma: 0x0800,
} as const;

const INSTRUCTION_BYTES = 4;
const ADDRESS_MASK = 0x3fffc;

/** Reports the pending class 0 errors of a context. True where one became an event: that ends the run. */
export function reportErrors(k: Kernel, task: Task, context: SpuContext): boolean {
  const spe = speOf(k, context);
  const errors = interruptStatus(spe, 0);
  if (errors === 0) return false;
  clearInterrupts(spe, 0, errors);
  if ((errors & INTERRUPT.dmaAlignment) !== 0) {
    report(k, task, context, SPE_EVENT.dmaAlignment, k.profile.dmaAlignmentCode ? faultSignal(SIGNAL.SIGBUS, BUS_CODE.ADRALN, 0n, 0, 0) : kernelSignal(SIGNAL.SIGBUS));
  }
  if ((errors & INTERRUPT.invalidDmaCommand) !== 0) {
    report(k, task, context, SPE_EVENT.invalidDma, faultSignal(SIGNAL.SIGBUS, BUS_CODE.OBJERR, 0n, 0, 0));
  }
  if ((errors & INTERRUPT.spuError) !== 0) {
    const address = (readNpc(k, context) - INSTRUCTION_BYTES) & ADDRESS_MASK;
    report(k, task, context, SPE_EVENT.speError, faultSignal(SIGNAL.SIGILL, ILL_CODE.ILLOPC, BigInt(address), 0, 0));
  }
  return wantsEvents(context);
}

/** The context was made with SPU_CREATE_EVENTS_ENABLED. */
export function wantsEvents({ flags }: SpuContext): boolean {
  return (flags & SPU_CREATE.eventsEnabled) !== 0;
}

function report(k: Kernel, task: Task, context: SpuContext, event: number, info: SignalInfo): void {
  if (wantsEvents(context)) context.eventReturn |= event;
  else forceSignal(k, task, info);
}
