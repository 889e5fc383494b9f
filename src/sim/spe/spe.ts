/** An SPE: its state, its registers, and the machine around it. */
import type { SpePorts } from './ports.ts';
import type { SpuRegisters } from './registers.ts';
import type { SpeState } from './state.ts';

/**
 * A physical SPE, or a saved context seen as one (`savedSpe` in `context.ts`): everything in
 * this folder works on either.
 */
export interface Spe {
  /** Replaced whole when a context is restored. */
  state: SpeState;
  readonly registers: SpuRegisters;
  readonly ports: SpePorts;
}

/** Bits of SPU_Status (facts 6.1). */
export const SPU_STATUS = {
  running: 0x1,
  stoppedByStop: 0x2,
  stoppedByHalt: 0x4,
  waitingForChannel: 0x8,
  invalidInstruction: 0x20,
  invalidChannel: 0x40,
} as const;

/** Lets an SPU that waits for a channel try again; it waits on if the count is still 0. */
export function wakeFromChannel(spe: Spe): void {
  const { run } = spe.state;
  if ((run.status & SPU_STATUS.waitingForChannel) === 0) return;
  run.status &= ~SPU_STATUS.waitingForChannel;
  spe.ports.wake();
}
