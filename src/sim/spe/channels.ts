/**
 * The SPU's channels (facts 6.3): what a program can read, write and count. The value of a
 * read goes to the `channelData` cell, from where the instruction takes it.
 */
import { CHANNEL } from './assemblerNames.ts';
import { readAtomicStatus } from './atomic.ts';
import { decrementerAcknowledged, readDecrementer, writeDecrementer } from './decrementer.ts';
import { acknowledgeEvents, EVENT, raiseEvent, readEventStatus, writeEventMask } from './events.ts';
import { CHANNEL_ANSWER, type ChannelAnswer } from './exits.ts';
import { receiveMail, sendInterruptMail, sendMail } from './mailbox.ts';
import { enterSpuCommand } from './mfcEntry.ts';
import { acknowledgeStall, readListStall } from './mfcList.ts';
import { freePlaces } from './mfcQueue.ts';
import { receiveSignal } from './signals.ts';
import type { Spe } from './spe.ts';
import { readTagStatus, requestTagStatus } from './tags.ts';

/** Channels that never wait have a count of 1. */
const UNCOUNTED: ReadonlySet<number> = new Set(Object.values(CHANNEL));
/** Size and tag are registers of 16 bits. */
const HALFWORD = 0xffff;

/** `rdch`: `now` is the cycle of the instruction. */
export function readChannel(spe: Spe, channel: number, now: number): ChannelAnswer {
  const { state, registers } = spe;
  switch (channel) {
    case CHANNEL.SPU_RdEventStat: return give(spe, readEventStatus(spe));
    case CHANNEL.SPU_RdSigNotify1: return give(spe, receiveSignal(spe, 1));
    case CHANNEL.SPU_RdSigNotify2: return give(spe, receiveSignal(spe, 2));
    case CHANNEL.SPU_RdDec: return give(spe, readDecrementer(spe, now));
    case CHANNEL.SPU_RdEventMask: return give(spe, state.events.mask);
    case CHANNEL.MFC_RdTagMask: return give(spe, state.mfc.tags.mask);
    case CHANNEL.SPU_RdMachStat: return give(spe, registers.interruptsEnabled ? 1 : 0);
    case CHANNEL.SPU_RdSRR0: return give(spe, registers.srr0);
    case CHANNEL.MFC_RdTagStat: return give(spe, readTagStatus(spe));
    case CHANNEL.SPU_RdInMbox: return give(spe, receiveMail(spe));
    case CHANNEL.MFC_RdListStallStat: return give(spe, readListStall(spe));
    case CHANNEL.MFC_RdAtomicStat: return give(spe, readAtomicStatus(spe));
    default: return CHANNEL_ANSWER.invalid;
  }
}

/** `wrch`: `now` is the cycle of the instruction. */
export function writeChannel(spe: Spe, channel: number, value: number, now: number): ChannelAnswer {
  const { mfc } = spe.state;
  const { parameters } = mfc;
  switch (channel) {
    case CHANNEL.SPU_WrEventMask: writeEventMask(spe, value); break;
    case CHANNEL.SPU_WrEventAck:
      decrementerAcknowledged(spe, value, now);
      acknowledgeEvents(spe, value);
      break;
    case CHANNEL.SPU_WrDec: writeDecrementer(spe, value, now); break;
    // What others have written is there as soon as it was written: the request is done at once.
    case CHANNEL.MFC_WrMSSyncReq: raiseEvent(spe, EVENT.multisourceSync); break;
    case CHANNEL.SPU_WrSRR0: spe.registers.srr0 = value; break;
    case CHANNEL.MFC_LSA: parameters.lsa = value >>> 0; break;
    case CHANNEL.MFC_EAH: parameters.eaHigh = value >>> 0; break;
    case CHANNEL.MFC_EAL: parameters.eaLow = value >>> 0; break;
    case CHANNEL.MFC_Size: parameters.size = value & HALFWORD; break;
    case CHANNEL.MFC_TagID: parameters.tag = value & HALFWORD; break;
    case CHANNEL.MFC_Cmd: return enterSpuCommand(spe, value, now) ? CHANNEL_ANSWER.done : CHANNEL_ANSWER.stall;
    case CHANNEL.MFC_WrTagMask: mfc.tags.mask = value >>> 0; break;
    case CHANNEL.MFC_WrTagUpdate: requestTagStatus(spe, value); break;
    case CHANNEL.MFC_WrListStallAck: acknowledgeStall(spe, value, now); break;
    case CHANNEL.SPU_WrOutMbox: return sendMail(spe, value) ? CHANNEL_ANSWER.done : CHANNEL_ANSWER.stall;
    case CHANNEL.SPU_WrOutIntrMbox: return sendInterruptMail(spe, value) ? CHANNEL_ANSWER.done : CHANNEL_ANSWER.stall;
    default: return CHANNEL_ANSWER.invalid;
  }
  return CHANNEL_ANSWER.done;
}

/** `rchcnt`: how often a channel can be used without waiting; 0 for one that does not exist. */
export function channelCount(spe: Spe, channel: number): number {
  const { mailboxes, signals, events, mfc } = spe.state;
  switch (channel) {
    case CHANNEL.SPU_RdEventStat: return events.count;
    case CHANNEL.SPU_RdSigNotify1: return signals[0].pending ? 1 : 0;
    case CHANNEL.SPU_RdSigNotify2: return signals[1].pending ? 1 : 0;
    case CHANNEL.MFC_Cmd: return freePlaces(spe, 'spu');
    case CHANNEL.MFC_RdTagStat: return mfc.tags.status === undefined ? 0 : 1;
    case CHANNEL.MFC_RdListStallStat: return mfc.stalledTags === 0 ? 0 : 1;
    case CHANNEL.MFC_RdAtomicStat: return mfc.atomicStatus === undefined ? 0 : 1;
    case CHANNEL.SPU_WrOutMbox: return 1 - mailboxes.outbound.length;
    case CHANNEL.SPU_RdInMbox: return mailboxes.inbound.length;
    case CHANNEL.SPU_WrOutIntrMbox: return 1 - mailboxes.outboundInterrupt.length;
    default: return UNCOUNTED.has(channel) ? 1 : 0;
  }
}

function give(spe: Spe, value: number | undefined): ChannelAnswer {
  if (value === undefined) return CHANNEL_ANSWER.stall;
  spe.registers.channelData = value;
  return CHANNEL_ANSWER.done;
}
