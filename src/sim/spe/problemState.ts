/**
 * The problem-state area of an SPE: 128 KiB of 32-bit registers that a process may map
 * (facts 6.1). Offsets without a register read as 0 and ignore writes, as do writes to
 * registers that are only read.
 */
import { mailboxStatus, readOutboundMailbox, writeInboundMailbox } from './mailbox.ts';
import { enterProxyCommand } from './mfcEntry.ts';
import { freePlaces } from './mfcQueue.ts';
import { nextProgramCounter, writeNextProgramCounter, writeRunControl } from './run.ts';
import { peekSignal, writeSignal } from './signals.ts';
import type { Spe } from './spe.ts';
import { completedTags, pendingQuery, queryProxyTags } from './tags.ts';

export const PROBLEM_STATE_BYTES = 0x20000;

/** Offsets of the registers. */
export const PROBLEM_STATE = {
  multisourceSync: 0x0000,
  mfcLsa: 0x3004,
  mfcEaHigh: 0x3008,
  mfcEaLow: 0x300c,
  mfcSizeTag: 0x3010,
  /** Write: class and command, which enters the command. Read: how that went. */
  mfcClassCommand: 0x3014,
  dmaQueueStatus: 0x3104,
  proxyQueryType: 0x3204,
  proxyQueryMask: 0x321c,
  proxyTagStatus: 0x322c,
  outboundMailbox: 0x4004,
  inboundMailbox: 0x400c,
  mailboxStatus: 0x4014,
  runControl: 0x401c,
  status: 0x4024,
  nextProgramCounter: 0x4034,
  signal1: 0x1400c,
  signal2: 0x1c00c,
} as const;

const QUEUE_EMPTY = 0x8000_0000;
const COMMAND_ENTERED = 0;
const QUEUE_FULL = 2;
const HALFWORD = 0xffff;

/** Reads the word at an offset; mailboxes lose what is read. */
export function readProblemState(spe: Spe, offset: number): number {
  const { run, mfc } = spe.state;
  switch (offset) {
    case PROBLEM_STATE.mfcClassCommand: return mfc.proxyCommandStatus;
    case PROBLEM_STATE.dmaQueueStatus: {
      const isEmpty = mfc.queues.proxy.commands.length === 0;
      return (freePlaces(spe, 'proxy') | (isEmpty ? QUEUE_EMPTY : 0)) >>> 0;
    }
    case PROBLEM_STATE.proxyQueryType: return pendingQuery(spe);
    case PROBLEM_STATE.proxyQueryMask: return mfc.proxyTags.mask;
    case PROBLEM_STATE.proxyTagStatus: return (completedTags(mfc.queues.proxy) & mfc.proxyTags.mask) >>> 0;
    case PROBLEM_STATE.outboundMailbox: return readOutboundMailbox(spe) ?? 0;
    case PROBLEM_STATE.mailboxStatus: return mailboxStatus(spe);
    case PROBLEM_STATE.runControl: return run.control;
    case PROBLEM_STATE.status: return run.status;
    case PROBLEM_STATE.nextProgramCounter: return nextProgramCounter(spe);
    case PROBLEM_STATE.signal1: return peekSignal(spe, 1);
    case PROBLEM_STATE.signal2: return peekSignal(spe, 2);
    default: return 0;
  }
}

/** Writes the word at an offset, at cycle `now`. */
export function writeProblemState(spe: Spe, offset: number, value: number, now: number): void {
  const { mfc } = spe.state;
  const { proxyParameters } = mfc;
  switch (offset) {
    case PROBLEM_STATE.mfcLsa: proxyParameters.lsa = value >>> 0; break;
    case PROBLEM_STATE.mfcEaHigh: proxyParameters.eaHigh = value >>> 0; break;
    case PROBLEM_STATE.mfcEaLow: proxyParameters.eaLow = value >>> 0; break;
    case PROBLEM_STATE.mfcSizeTag:
      proxyParameters.size = value >>> 16;
      proxyParameters.tag = value & HALFWORD;
      break;
    case PROBLEM_STATE.mfcClassCommand: enterCommand(spe, value, now); break;
    case PROBLEM_STATE.proxyQueryType: queryProxyTags(spe, value); break;
    case PROBLEM_STATE.proxyQueryMask: mfc.proxyTags.mask = value >>> 0; break;
    case PROBLEM_STATE.inboundMailbox: writeInboundMailbox(spe, value); break;
    case PROBLEM_STATE.runControl: writeRunControl(spe, value); break;
    case PROBLEM_STATE.nextProgramCounter: writeNextProgramCounter(spe, value); break;
    case PROBLEM_STATE.signal1: writeSignal(spe, 1, value); break;
    case PROBLEM_STATE.signal2: writeSignal(spe, 2, value); break;
  }
}

function enterCommand(spe: Spe, word: number, now: number): void {
  const { mfc } = spe.state;
  if (freePlaces(spe, 'proxy') === 0) {
    mfc.proxyCommandStatus = QUEUE_FULL;
    return;
  }
  mfc.proxyCommandStatus = COMMAND_ENTERED;
  enterProxyCommand(spe, mfc.proxyParameters, word, now);
}
