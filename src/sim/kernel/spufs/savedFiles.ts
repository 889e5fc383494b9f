/** Files that show the registers of a context: most need it off its SPE (facts 3.2). */
import { setSavedDecrementer } from '../../spe/decrementer.ts';
import { writeEventMask } from '../../spe/events.ts';
import { nextProgramCounter, writeNextProgramCounter, writeRunControl } from '../../spe/run.ts';
import type { Spe } from '../../spe/spe.ts';
import type { SignalRegister } from '../../spe/state.ts';
import { LOCAL_STORE_BYTES } from '../../engine/layout.ts';
import type { TransferRequest } from '../files/fileOperations.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, path, step } from '../path.ts';
import { ERRNO } from '../syscall/errno.ts';
import { speOf } from './bind.ts';
import { SPU_CREATE } from './createFlags.ts';
import type { SpuFileName } from './fileTable.ts';
import { dmaInfo, mailboxWords, proxyDmaInfo } from './infoFiles.ts';
import type { SpuContext } from './state.ts';
import { statText } from './statistics.ts';

const QUAD_BYTES = 16;
const REGISTERS = 128;
const NO_SPE = 0xffff_ffff;
const FILE = 'arch/powerpc/platforms/cell/spufs/file.c';

export interface Body {
  /** Made once for each descriptor, when it is read from its beginning. */
  readonly isText?: boolean;
  /** It has no position: every read begins at its beginning. */
  readonly isStream?: boolean;
  readonly read: (k: Kernel, context: SpuContext) => Uint8Array;
  /** Bytes taken, or a negative errno. Without it a write is -EINVAL. */
  readonly write?: (k: Kernel, context: SpuContext, bytes: Uint8Array, position: number) => number;
}

type SavedFileName = keyof typeof BODY;

export interface SavedTransfer {
  readonly context: SpuContext;
  readonly file: SavedFileName;
  readonly request: TransferRequest;
  /** What is written; undefined for a read. */
  readonly bytes: Uint8Array | undefined;
  /** Bytes that a write has taken, or a negative errno. */
  taken: number;
}

declare module '../path.ts' {
  interface PathLocals {
    spufs_read_saved: SavedTransfer;
    spufs_write_saved: SavedTransfer;
  }
}

export const BODY = {
  regs: quads(REGISTERS, (spe, i) => spe.registers.get(i), (spe, i, value) => { spe.registers.set(i, value); }),
  fpcr: quads(1, (spe) => spe.registers.fpscr, (spe, _i, value) => { spe.registers.fpscr = value; }),
  npc: number(hexadecimal, nextProgramCounter, writeNextProgramCounter),
  decr: number(hexadecimal, ({ state }) => state.decrementer.value, setSavedDecrementer),
  decr_status: number(hexadecimal, ({ state }) => (state.decrementer.running ? 1 : 0), ({ state }, value) => { state.decrementer.running = value !== 0; }),
  spu_tag_mask: number(hexadecimal, ({ state }) => state.mfc.tags.mask, ({ state }, value) => { state.mfc.tags.mask = value; }),
  event_mask: number(hexadecimal, ({ state }) => state.events.mask, writeEventMask),
  event_status: number(hexadecimal, ({ state: { events } }) => (events.count === 0 ? 0 : events.pending)),
  srr0: number(hexadecimal, ({ registers }) => registers.srr0, ({ registers }, value) => { registers.srr0 = value; }),
  lslr: number(hexadecimal, () => LOCAL_STORE_BYTES - 1),
  signal1_type: number(decimal, ({ state }) => Number(state.signals[0].orMode), ({ state }, value) => { state.signals[0].orMode = value !== 0; }),
  signal2_type: number(decimal, ({ state }) => Number(state.signals[1].orMode), ({ state }, value) => { state.signals[1].orMode = value !== 0; }),
  // The status can be read, and a number that is written goes to SPU_RunCntl.
  cntl: number((_k, value) => `0x${value.toString(16).padStart(8, '0')}`, ({ state }) => state.run.status, writeRunControl),
  'phys-id': shown((_k, context) => `0x${(context.spe ?? NO_SPE).toString(16)}\n`),
  'object-id': {
    isText: true,
    read: (_k: Kernel, { objectId }: SpuContext) => text(`0x${objectId.toString(16)}\n`),
    write: (_k: Kernel, context: SpuContext, bytes: Uint8Array) => {
      context.objectId = parseLong(new TextDecoder().decode(bytes));
      return bytes.length;
    },
  },
  capabilities: shown((_k, { flags }) => `${(flags & SPU_CREATE.nosched) === 0 ? 'sched\n' : ''}${(flags & SPU_CREATE.isolate) === 0 ? 'step\n' : ''}`),
  tid: shown((_k, { schedule }) => `${String(schedule.tid)}\n`),
  stat: shown(statText),
  signal1: lastWord(({ state }) => state.signals[0]),
  signal2: lastWord(({ state }) => state.signals[1]),
  mbox_info: binary(({ state }) => mailboxWords(state.mailboxes.outbound)),
  ibox_info: binary(({ state }) => mailboxWords(state.mailboxes.outboundInterrupt)),
  wbox_info: binary(({ state }) => mailboxWords(state.mailboxes.inbound)),
  dma_info: binary(dmaInfo),
  proxydma_info: binary(proxyDmaInfo),
} satisfies Partial<Record<SpuFileName, Body>>;

export function isSavedFile(file: string): file is SavedFileName {
  return file in BODY;
}

export const spufsReadSaved = path('spufs_read_saved', FILE, [
  step('take the context off its SPE', (_k, _task, { context }) => call('spu_acquire_saved', { context, fault: undefined })),
  step('read the saved state', (k, _task, f, { returned }) => {
    if (returned !== 0) return done(returned);
    f.request.chunk = pieceOf(BODY[f.file], k, f.context, f.request);
    return call('spu_release_saved', { context: f.context, fault: undefined });
  }),
  step('that is all', () => done(0)),
]);

export const spufsWriteSaved = path('spufs_write_saved', FILE, [
  step('take the context off its SPE', (_k, _task, { context }) => call('spu_acquire_saved', { context, fault: undefined })),
  step('write the saved state', (k, _task, f, { returned }) => {
    if (returned !== 0) return done(returned);
    f.taken = writeBody(BODY[f.file], k, f.context, f.bytes ?? new Uint8Array(0), f.request.position);
    return call('spu_release_saved', { context: f.context, fault: undefined });
  }),
  step('that is all', (_k, _task, f) => done(f.taken)),
]);

/** The bytes that a read gets now. */
export function pieceOf(body: Body, k: Kernel, context: SpuContext, { position, count }: TransferRequest): Uint8Array {
  const from = body.isStream === true ? 0 : position;
  return body.read(k, context).slice(from, from + count);
}

export function writeBody({ write }: Body, k: Kernel, context: SpuContext, bytes: Uint8Array, position: number): number {
  return write ? write(k, context, bytes, position) : -ERRNO.EINVAL;
}

/** A file of 16-byte registers in guest byte order. */
function quads(count: number, get: (spe: Spe, i: number) => bigint, set: (spe: Spe, i: number, value: bigint) => void): Body {
  const read = (k: Kernel, context: SpuContext): Uint8Array => {
    const bytes = new Uint8Array(count * QUAD_BYTES);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < count; i += 1) {
      const value = get(speOf(k, context), i);
      view.setBigUint64(i * QUAD_BYTES, value >> 64n);
      view.setBigUint64(i * QUAD_BYTES + 8, BigInt.asUintN(64, value));
    }
    return bytes;
  };
  return {
    read,
    write: (k, context, bytes, position) => {
      if (position >= count * QUAD_BYTES || bytes.length === 0) return -ERRNO.EFBIG;
      const whole = read(k, context);
      const part = bytes.subarray(0, whole.length - position);
      whole.set(part, position);
      const view = new DataView(whole.buffer);
      for (let i = 0; i < count; i += 1) {
        set(speOf(k, context), i, (view.getBigUint64(i * QUAD_BYTES) << 64n) | view.getBigUint64(i * QUAD_BYTES + 8));
      }
      return part.length;
    },
  };
}

/** A file that shows one number as text; without `set` a write is -EACCES. */
function number(format: (k: Kernel, value: number) => string, get: (spe: Spe) => number, set?: (spe: Spe, value: number) => void): Body {
  return {
    isText: true,
    read: (k, context) => text(format(k, get(speOf(k, context)))),
    write: (k, context, bytes) => {
      if (!set) return -ERRNO.EACCES;
      set(speOf(k, context), Number(BigInt.asUintN(32, parseLong(new TextDecoder().decode(bytes)))));
      return bytes.length;
    },
  };
}

/** A file of text that cannot be written. */
function shown(make: (k: Kernel, context: SpuContext) => string): Body {
  return { isText: true, read: (k, context) => text(make(k, context)), write: () => -ERRNO.EACCES };
}

/** A file of bytes that cannot be written. */
function binary(make: (spe: Spe) => Uint8Array): Body {
  return { read: (k, context) => make(speOf(k, context)) };
}

/** What was written to a signal register and the SPU has not read yet; else the end of the file. */
function lastWord(signal: (spe: Spe) => SignalRegister): Body {
  return {
    isStream: true,
    read: (k, context) => {
      const { pending, value } = signal(speOf(k, context));
      return mailboxWords(pending ? [value] : []);
    },
  };
}

/** As simple_strtoll with base 0: hexadecimal after 0x, octal after 0, else decimal, as far as there are digits. */
function parseLong(written: string): bigint {
  const [, sign, hex, octal, decimals] = /^(-?)(?:0x([0-9a-f]+)|0([0-7]*)|([0-9]+))/i.exec(written) ?? [];
  const value = hex !== undefined ? BigInt(`0x${hex}`) : octal !== undefined && octal !== '' ? BigInt(`0o${octal}`) : BigInt(decimals ?? '0');
  return BigInt.asUintN(64, sign === '-' ? -value : value);
}

/** 2.6.18 puts no 0x before it, though it reads a number without one as decimal. */
function hexadecimal({ profile }: Kernel, value: number): string {
  return `${profile.registerText === 'prefixed' ? '0x' : ''}${(value >>> 0).toString(16)}\n`;
}

function decimal(_k: Kernel, value: number): string {
  return String(value);
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}
