/** Interrupts of an SPE to the PPE, in three classes (facts 5.1). */
import type { Spe } from './spe.ts';

export const INTERRUPT = {
  /** Class 0: errors. */
  dmaAlignment: 0x1,
  invalidDmaCommand: 0x2,
  spuError: 0x4,
  /** Class 1: translation. */
  segmentFault: 0x1,
  storageFault: 0x2,
  /** Class 2: application. */
  outboundMailbox: 0x1,
  stopAndSignal: 0x2,
  halt: 0x4,
  tagGroupComplete: 0x8,
  inboundMailboxSpace: 0x10,
} as const;

type InterruptClass = 0 | 1 | 2;

/** These class 2 bits are levels: they say what the mailboxes hold and cannot be cleared. */
const LEVELS = INTERRUPT.outboundMailbox | INTERRUPT.inboundMailboxSpace;
const INBOUND_DEPTH = 4;

/** Makes interrupt bits pending and tells the kernel of those that are enabled. */
export function raiseInterrupt(spe: Spe, interruptClass: InterruptClass, bits: number): void {
  const { status, mask } = spe.state.interrupts;
  status[interruptClass] |= interruptClass === 2 ? bits & ~LEVELS : bits;
  const enabled = bits & mask[interruptClass];
  if (enabled !== 0) spe.ports.raiseInterrupt(interruptClass, enabled);
}

/** Pending bits of a class, enabled or not (INT_Stat). */
export function interruptStatus({ state }: Spe, interruptClass: InterruptClass): number {
  const latched = state.interrupts.status[interruptClass];
  if (interruptClass !== 2) return latched;
  const { inbound, outboundInterrupt } = state.mailboxes;
  return latched
    | (outboundInterrupt.length > 0 ? INTERRUPT.outboundMailbox : 0)
    | (inbound.length < INBOUND_DEPTH ? INTERRUPT.inboundMailboxSpace : 0);
}

/** Clears pending bits, as a write to INT_Stat does; levels stay. */
export function clearInterrupts({ state }: Spe, interruptClass: InterruptClass, bits: number): void {
  state.interrupts.status[interruptClass] &= ~bits;
}

/** Enables exactly these bits (INT_Mask) and tells the kernel of those that are pending already. */
export function setInterruptMask(spe: Spe, interruptClass: InterruptClass, mask: number): void {
  spe.state.interrupts.mask[interruptClass] = mask;
  const pending = interruptStatus(spe, interruptClass) & mask;
  if (pending !== 0) spe.ports.raiseInterrupt(interruptClass, pending);
}
