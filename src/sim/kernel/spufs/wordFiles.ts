/** Mailboxes and signals as files: words that are taken, waited for, or refused (facts 3.2). */
import { INTERRUPT, setInterruptMask } from '../../spe/interrupts.ts';
import { mailboxStatus, readOutboundInterruptMailbox, readOutboundMailbox, writeInboundMailbox } from '../../spe/mailbox.ts';
import { peekSignal, writeSignal, type SignalNumber } from '../../spe/signals.ts';
import { failed, type ReadAnswer, type WriteAnswer } from '../files/fileOperations.ts';
import type { Kernel } from '../kernel.ts';
import { ERRNO } from '../syscall/errno.ts';
import { speOf } from './bind.ts';
import type { SpuFileName } from './fileTable.ts';
import type { SpuContext } from './state.ts';

const WORD_BYTES = 4;
/** Fields of SPU_Mbox_Stat (facts 3.2). */
const OUTBOUND_SHIFT = 0;
const FREE_SHIFT = 8;
const INTERRUPT_SHIFT = 16;

interface QueueFile {
  readonly ready: (k: Kernel, context: SpuContext) => boolean;
  readonly read?: (k: Kernel, context: SpuContext, count: number) => ReadAnswer;
  readonly write?: (k: Kernel, context: SpuContext, bytes: Uint8Array) => WriteAnswer;
}

export const QUEUE_FILE: ReadonlyMap<SpuFileName, QueueFile> = new Map<SpuFileName, QueueFile>([
  ['mbox', {
    ready: (k, context) => statusField(k, context, OUTBOUND_SHIFT) > 0,
    read: (k, context, count) => {
      if (count < WORD_BYTES) return failed(ERRNO.EINVAL);
      const value = readOutboundMailbox(speOf(k, context));
      return value === undefined ? failed(ERRNO.EAGAIN) : word(value);
    },
  }],
  ['ibox', {
    ready: (k, context) => statusField(k, context, INTERRUPT_SHIFT) > 0,
    read: (k, context, count) => {
      if (count < WORD_BYTES) return failed(ERRNO.EINVAL);
      const value = readOutboundInterruptMailbox(speOf(k, context));
      if (value !== undefined) return word(value);
      enable(k, context, INTERRUPT.outboundMailbox);
      return { kind: 'wait', queue: context.iboxQueue };
    },
  }],
  ['wbox', {
    ready: (k, context) => statusField(k, context, FREE_SHIFT) > 0,
    write: (k, context, bytes) => {
      if (bytes.length < WORD_BYTES) return failed(ERRNO.EINVAL);
      if (statusField(k, context, FREE_SHIFT) === 0) {
        enable(k, context, INTERRUPT.inboundMailboxSpace);
        return { kind: 'wait', queue: context.wboxQueue };
      }
      writeInboundMailbox(speOf(k, context), wordAt(bytes));
      return { kind: 'count', count: WORD_BYTES };
    },
  }],
  ['mbox_stat', statusFile(OUTBOUND_SHIFT)],
  ['wbox_stat', statusFile(FREE_SHIFT)],
  ['ibox_stat', statusFile(INTERRUPT_SHIFT)],
  ['signal1', signalFile(1)],
  ['signal2', signalFile(2)],
]);

function statusFile(shift: number): QueueFile {
  return {
    ready: () => true,
    read: (k, context, count) => (count < WORD_BYTES ? failed(ERRNO.EINVAL) : word(statusField(k, context, shift))),
  };
}

/** A write is OR-ed in or overwrites, as signalN_type says. 2.6.18 lets the register be read whether or not it was written. */
function signalFile(number: SignalNumber): QueueFile {
  return {
    ready: () => true,
    read: (k, context, count) => (count < WORD_BYTES ? failed(ERRNO.EINVAL) : word(peekSignal(speOf(k, context), readNumber(context, number)))),
    write: (k, context, bytes) => {
      if (bytes.length < WORD_BYTES) return failed(ERRNO.EINVAL);
      writeSignal(speOf(k, context), number, wordAt(bytes));
      return { kind: 'count', count: WORD_BYTES };
    },
  };
}

/** In 2.6.18 signal2 of a context on an SPE reads the first register (facts 3.2). */
function readNumber({ state }: SpuContext, number: SignalNumber): SignalNumber {
  return state === 'RUNNABLE' ? 1 : number;
}

/** Mailbox interrupts are enabled while somebody waits, and masked when they arrive (facts 5.1). */
function enable(k: Kernel, context: SpuContext, bit: number): void {
  const spe = speOf(k, context);
  setInterruptMask(spe, 2, spe.state.interrupts.mask[2] | bit);
}

function statusField(k: Kernel, context: SpuContext, shift: number): number {
  return (mailboxStatus(speOf(k, context)) >> shift) & 0xff;
}

function word(value: number): ReadAnswer {
  const bytes = new Uint8Array(WORD_BYTES);
  new DataView(bytes.buffer).setUint32(0, value);
  return { kind: 'bytes', bytes, more: false };
}

function wordAt(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, WORD_BYTES).getUint32(0);
}
