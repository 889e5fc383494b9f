/** Signals for what the SPE cannot do: class 0 interrupts (facts 5.1). */
import { clearInterrupts, INTERRUPT, interruptStatus } from '../../spe/interrupts.ts';
import type { Kernel } from '../kernel.ts';
import { BUS_CODE, ILL_CODE, SIGNAL } from '../signal/numbers.ts';
import { faultSignal, forceSignal, kernelSignal } from '../signal/send.ts';
import type { Task } from '../state.ts';
import { readNpc, speOf } from './bind.ts';
import type { SpuContext } from './state.ts';

const INSTRUCTION_BYTES = 4;
const ADDRESS_MASK = 0x3fffc;

/** Turns the pending errors of a context's SPE into signals for the thread that runs it. */
export function signalErrors(k: Kernel, task: Task, context: SpuContext): void {
  const spe = speOf(k, context);
  const errors = interruptStatus(spe, 0);
  if (errors === 0) return;
  clearInterrupts(spe, 0, errors);
  if ((errors & INTERRUPT.dmaAlignment) !== 0) {
    forceSignal(k, task, k.profile.dmaAlignmentCode ? faultSignal(SIGNAL.SIGBUS, BUS_CODE.ADRALN, 0n, 0, 0) : kernelSignal(SIGNAL.SIGBUS));
  }
  if ((errors & INTERRUPT.invalidDmaCommand) !== 0) {
    forceSignal(k, task, faultSignal(SIGNAL.SIGBUS, BUS_CODE.OBJERR, 0n, 0, 0));
  }
  if ((errors & INTERRUPT.spuError) !== 0) {
    const address = (readNpc(k, context) - INSTRUCTION_BYTES) & ADDRESS_MASK;
    forceSignal(k, task, faultSignal(SIGNAL.SIGILL, ILL_CODE.ILLOPC, BigInt(address), 0, 0));
  }
}
