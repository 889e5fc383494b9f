/** Mailboxes and signals as files: words that are taken, waited for, or refused (facts 3.2). */
import { INTERRUPT, setInterruptMask } from '../../spe/interrupts.ts';
import { mailboxStatus, readOutboundInterruptMailbox, readOutboundMailbox, writeInboundMailbox } from '../../spe/mailbox.ts';
import { peekSignal, writeSignal, type SignalNumber } from '../../spe/signals.ts';
import { failed, type ReadAnswer, type WriteAnswer } from '../files/fileOperations.ts';
import { POLL } from '../files/flags.ts';
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

/** A file of words. Without `poll` it is always ready, without `read` or `write` the call is EINVAL. */
interface WordFile {
  readonly read?: (k: Kernel, context: SpuContext) => ReadAnswer;
  readonly write?: (k: Kernel, context: SpuContext, value: number) => WriteAnswer | undefined;
  /** POLL_ bits; an interrupt is asked for where there are none. */
  readonly poll?: (k: Kernel, context: SpuContext) => number;
}

const WORD_FILE: Partial<Record<SpuFileName, WordFile>> = {
  mbox: {
    read: (k, context) => {
      const value = readOutboundMailbox(speOf(k, context));
      return value === undefined ? failed(ERRNO.EAGAIN) : word(value);
    },
  },
  ibox: {
    read: (k, context) => {
      const value = readOutboundInterruptMailbox(speOf(k, context));
      if (value !== undefined) return word(value);
      enable(k, context, INTERRUPT.outboundMailbox);
      return { kind: 'wait', queue: context.iboxQueue };
    },
    poll: (k, context) => {
      if (statusField(k, context, INTERRUPT_SHIFT) > 0) return POLL.IN;
      enable(k, context, INTERRUPT.outboundMailbox);
      return 0;
    },
  },
  wbox: {
    write: (k, context, value) => {
      if (statusField(k, context, FREE_SHIFT) === 0) {
        enable(k, context, INTERRUPT.inboundMailboxSpace);
        return { kind: 'wait', queue: context.wboxQueue };
      }
      writeInboundMailbox(speOf(k, context), value);
      return undefined;
    },
    poll: (k, context) => {
      if (statusField(k, context, FREE_SHIFT) > 0) return POLL.OUT;
      enable(k, context, INTERRUPT.inboundMailboxSpace);
      return 0;
    },
  },
  mbox_stat: statusFile(OUTBOUND_SHIFT),
  wbox_stat: statusFile(FREE_SHIFT),
  ibox_stat: statusFile(INTERRUPT_SHIFT),
  signal1: signalFile(1),
  signal2: signalFile(2),
};

export function isWordFile(file: SpuFileName): boolean {
  return WORD_FILE[file] !== undefined;
}

/** One word, however many are asked for; of the mailboxes that later kernels empty none is deeper (facts 3.2). */
export function readWord(k: Kernel, context: SpuContext, file: SpuFileName, count: number): ReadAnswer {
  const read = WORD_FILE[file]?.read;
  return !read || count < WORD_BYTES ? failed(ERRNO.EINVAL) : read(k, context);
}

/** One word; from 2.6.19 on into a mailbox as many as there is room for, and it waits for the first only. */
export function writeWords(k: Kernel, context: SpuContext, file: SpuFileName, bytes: Uint8Array): WriteAnswer {
  const write = WORD_FILE[file]?.write;
  if (!write || bytes.length < WORD_BYTES) return failed(ERRNO.EINVAL);
  const most = file === 'wbox' && k.profile.mailboxTransfer === 'many' ? bytes.length - WORD_BYTES : 0;
  let count = 0;
  for (; count <= most; count += WORD_BYTES) {
    if (count > 0 && statusField(k, context, FREE_SHIFT) === 0) break;
    const refused = write(k, context, wordAt(bytes.subarray(count)));
    if (refused) return refused;
  }
  return { kind: 'count', count, last: true };
}

/** POLL_ bits of a file of words; undefined for one that does not say. */
export function pollWords(k: Kernel, context: SpuContext, file: SpuFileName): number | undefined {
  return WORD_FILE[file]?.poll?.(k, context);
}

function statusFile(shift: number): WordFile {
  return { read: (k, context) => word(statusField(k, context, shift)) };
}

/** A write is OR-ed in or overwrites, as signalN_type says. 2.6.18 lets the register be read whether or not it was written. */
function signalFile(number: SignalNumber): WordFile {
  return {
    read: (k, context) => word(peekSignal(speOf(k, context), readNumber(context, number))),
    write: (k, context, value) => {
      writeSignal(speOf(k, context), number, value);
      return undefined;
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
