/** The SPU's decrementer: one step a cycle, an event when it passes below 0 (facts 6.3, 6.5). */
import { EVENT, raiseEvent } from './events.ts';
import type { Spe } from './spe.ts';

const PERIOD = 2 ** 32;

/** SPU_WrDec: sets and starts it. */
export function writeDecrementer(spe: Spe, value: number, now: number): void {
  const { decrementer } = spe.state;
  decrementer.value = value >>> 0;
  decrementer.since = now;
  decrementer.running = true;
  decrementer.expires = now + decrementer.value + 1;
  spe.ports.schedule(decrementer.expires);
}

/** SPU_WrEventAck: acknowledging its event while that is masked stops it until it is written. */
export function decrementerAcknowledged(spe: Spe, acknowledged: number, now: number): void {
  const { decrementer, events } = spe.state;
  if ((acknowledged & ~events.mask & EVENT.decrementer) === 0) return;
  decrementer.value = readDecrementer(spe, now);
  decrementer.running = false;
}

/** SPU_RdDec. */
export function readDecrementer({ state: { decrementer } }: Spe, now: number): number {
  if (!decrementer.running) return decrementer.value;
  const passed = (now - decrementer.since) % PERIOD;
  return (decrementer.value - passed) >>> 0;
}

/** Raises the event if its cycle has come, and asks for the next one. */
export function checkDecrementer(spe: Spe, now: number): void {
  const { decrementer } = spe.state;
  if (!decrementer.running || now < decrementer.expires) return;
  decrementer.expires += PERIOD * Math.ceil((now - decrementer.expires + 1) / PERIOD);
  spe.ports.schedule(decrementer.expires);
  raiseEvent(spe, EVENT.decrementer);
}

/** The context leaves its SPE: from now on `value` is what it had at `now`. */
export function freezeDecrementer(spe: Spe, now: number): void {
  const { decrementer } = spe.state;
  decrementer.value = readDecrementer(spe, now);
  decrementer.since = now;
}

/** Sets the value that a saved context goes on from; whether it runs stays as it is. */
export function setSavedDecrementer({ state: { decrementer } }: Spe, value: number): void {
  decrementer.value = value >>> 0;
  decrementer.expires = decrementer.since + decrementer.value + 1;
}
