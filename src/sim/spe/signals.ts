/** The two signal-notification registers (facts 6.1, 6.3). */
import { EVENT, raiseEvent } from './events.ts';
import { type Spe, wakeFromChannel } from './spe.ts';

export type SignalNumber = 1 | 2;

/** Sig_Notify_1 or 2: combined with what is there by OR, or in its place. */
export function writeSignal(spe: Spe, number: SignalNumber, value: number): void {
  const signal = spe.state.signals[number - 1 as 0 | 1];
  signal.value = (signal.orMode ? signal.value | value : value) >>> 0;
  if (!signal.pending) {
    signal.pending = true;
    raiseEvent(spe, number === 1 ? EVENT.signal1 : EVENT.signal2);
  }
  wakeFromChannel(spe);
}

/** The register as the PPE sees it; reading changes nothing. */
export function peekSignal({ state }: Spe, number: SignalNumber): number {
  return state.signals[number - 1 as 0 | 1].value;
}

/** SPU_RdSigNotify: the value, which becomes 0, or undefined while the SPU has to wait. */
export function receiveSignal({ state }: Spe, number: SignalNumber): number | undefined {
  const signal = state.signals[number - 1 as 0 | 1];
  if (!signal.pending) return undefined;
  const { value } = signal;
  signal.value = 0;
  signal.pending = false;
  return value;
}
