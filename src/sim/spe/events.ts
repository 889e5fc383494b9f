/**
 * SPU events: conditions that a program polls, waits for, or is interrupted by, through
 * channels 0 to 2 (facts 6.3, 6.6; CBE Architecture 1.02, chapter 9). Each stays pending until it is
 * acknowledged. The count of SPU_RdEventStat says that there was an enabled one; only a read
 * takes it back, so a program that masks or acknowledges without reading may read 0 next
 * (a phantom event).
 */
import { type Spe, wakeFromChannel } from './spe.ts';

export const EVENT = {
  tagStatus: 0x1,
  listStall: 0x2,
  queueSpace: 0x8,
  inboundMailbox: 0x10,
  decrementer: 0x20,
  outboundInterruptMailbox: 0x40,
  outboundMailbox: 0x80,
  signal2: 0x100,
  signal1: 0x200,
  lockLineLost: 0x400,
  multisourceSync: 0x1000,
} as const;

/** Records an event; a new one that is enabled makes SPU_RdEventStat readable. */
export function raiseEvent(spe: Spe, event: number): void {
  const { events } = spe.state;
  const isNew = (events.pending & event) === 0;
  events.pending |= event;
  if (isNew && (events.mask & event) !== 0) count(spe);
}

/** The enabled events that are pending, or undefined while SPU_RdEventStat would wait. */
export function readEventStatus(spe: Spe): number | undefined {
  const { events } = spe.state;
  if (events.count === 0) return undefined;
  events.count = 0;
  return (events.pending & events.mask) >>> 0;
}

export function writeEventMask(spe: Spe, mask: number): void {
  spe.state.events.mask = mask >>> 0;
  countPending(spe);
}

export function acknowledgeEvents(spe: Spe, acknowledged: number): void {
  spe.state.events.pending &= ~acknowledged;
  countPending(spe);
}

/** After a mask or an acknowledgement, what is still pending and enabled counts anew. */
function countPending(spe: Spe): void {
  const { events } = spe.state;
  if ((events.pending & events.mask) !== 0) count(spe);
}

/** SPU_RdEventStat can be read; a program that is interrupted by that is, after its current instruction. */
function count(spe: Spe): void {
  spe.state.events.count = 1;
  wakeFromChannel(spe);
  if (spe.registers.interruptsEnabled) spe.ports.endRun();
}
