/**
 * SPU events: conditions that a program polls, or waits for, through channels 0 to 2
 * (facts 6.3; CBE Architecture 1.02, chapter 9).
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
  multisourceSync: 0x1000,
} as const;

/** Records an event; a new one that is enabled makes SPU_RdEventStat readable. */
export function raiseEvent(spe: Spe, event: number): void {
  const { events } = spe.state;
  const isNew = (events.pending & event) === 0;
  events.pending |= event;
  if (!isNew || (events.mask & event) === 0) return;
  events.count = 1;
  wakeFromChannel(spe);
}

/** The enabled events that are pending, or undefined while SPU_RdEventStat would wait. */
export function readEventStatus(spe: Spe): number | undefined {
  const { events } = spe.state;
  if (events.count === 0) return undefined;
  events.count = 0;
  return (events.pending & events.mask) >>> 0;
}

export function writeEventMask(spe: Spe, mask: number): void {
  spe.state.events.mask = mask;
  recount(spe);
}

export function acknowledgeEvents(spe: Spe, acknowledged: number): void {
  spe.state.events.pending &= ~acknowledged;
  recount(spe);
}

/** After a mask or an acknowledgement, what is still pending and enabled counts anew. */
function recount({ state: { events } }: Spe): void {
  events.count = (events.pending & events.mask) === 0 ? 0 : 1;
}
