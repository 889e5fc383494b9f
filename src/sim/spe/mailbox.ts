/** The three mailboxes of an SPE, from both sides (facts 6.1, 6.3). */
import { EVENT, raiseEvent } from './events.ts';
import { INTERRUPT, raiseInterrupt } from './interrupts.ts';
import { type Spe, wakeFromChannel } from './spe.ts';

const INBOUND_DEPTH = 4;
const OUTBOUND_DEPTH = 1;

/** SPU_In_Mbox: a word from the PPE. A full mailbox loses its newest word (CBE Architecture 1.02, chapter 8). */
export function writeInboundMailbox(spe: Spe, value: number): void {
  const { inbound } = spe.state.mailboxes;
  if (inbound.length === INBOUND_DEPTH) inbound.pop();
  inbound.push(value >>> 0);
  if (inbound.length === 1) raiseEvent(spe, EVENT.inboundMailbox);
  wakeFromChannel(spe);
}

/** SPU_Out_Mbox: the word for the PPE, or undefined when there is none. */
export function readOutboundMailbox(spe: Spe): number | undefined {
  const value = spe.state.mailboxes.outbound.shift();
  if (value === undefined) return undefined;
  raiseEvent(spe, EVENT.outboundMailbox);
  wakeFromChannel(spe);
  return value;
}

/** SPU_Out_Intr_Mbox: the word for the PPE, or undefined when there is none. */
export function readOutboundInterruptMailbox(spe: Spe): number | undefined {
  const value = spe.state.mailboxes.outboundInterrupt.shift();
  if (value === undefined) return undefined;
  raiseEvent(spe, EVENT.outboundInterruptMailbox);
  wakeFromChannel(spe);
  return value;
}

/** SPU_Mbox_Stat: words to read, free places of the inbound mailbox, words with an interrupt to read. */
export function mailboxStatus({ state: { mailboxes } }: Spe): number {
  const { inbound, outbound, outboundInterrupt } = mailboxes;
  return outbound.length | ((INBOUND_DEPTH - inbound.length) << 8) | (outboundInterrupt.length << 16);
}

/** SPU_RdInMbox: the oldest word, or undefined while the SPU has to wait. */
export function receiveMail(spe: Spe): number | undefined {
  const value = spe.state.mailboxes.inbound.shift();
  if (value !== undefined) raiseInterrupt(spe, 2, INTERRUPT.inboundMailboxSpace);
  return value;
}

/** SPU_WrOutMbox; false while the SPU has to wait. */
export function sendMail(spe: Spe, value: number): boolean {
  if (spe.ports.takesMail) {
    spe.ports.takesMail('SPU_WrOutMbox', value >>> 0);
    raiseEvent(spe, EVENT.outboundMailbox);
    return true;
  }
  const { outbound } = spe.state.mailboxes;
  if (outbound.length === OUTBOUND_DEPTH) return false;
  outbound.push(value >>> 0);
  return true;
}

/** SPU_WrOutIntrMbox; false while the SPU has to wait. */
export function sendInterruptMail(spe: Spe, value: number): boolean {
  if (spe.ports.takesMail) {
    spe.ports.takesMail('SPU_WrOutIntrMbox', value >>> 0);
    raiseEvent(spe, EVENT.outboundInterruptMailbox);
    return true;
  }
  const { outboundInterrupt } = spe.state.mailboxes;
  if (outboundInterrupt.length === OUTBOUND_DEPTH) return false;
  outboundInterrupt.push(value >>> 0);
  raiseInterrupt(spe, 2, INTERRUPT.outboundMailbox);
  return true;
}
