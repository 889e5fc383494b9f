/** Files that show the registers of a context: most need it off its SPE (facts 3.2). */
import { setSavedDecrementer } from '../../spe/decrementer.ts';
import { writeEventMask } from '../../spe/events.ts';
import { nextProgramCounter, writeNextProgramCounter } from '../../spe/run.ts';
import type { Spe } from '../../spe/spe.ts';
import type { TransferRequest } from '../files/fileOperations.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, path, step } from '../path.ts';
import { ERRNO } from '../syscall/errno.ts';
import { speOf } from './bind.ts';
import type { SpuContext } from './state.ts';

const QUAD_BYTES = 16;
const REGISTERS = 128;
const NO_SPE = 0xffff_ffff;
const FILE = 'arch/powerpc/platforms/cell/spufs/file.c';

interface Body {
  readonly forcesSaved: boolean;
  /** Made once for each descriptor, when it is read from its beginning. */
  readonly isText?: boolean;
  readonly read: (k: Kernel, context: SpuContext) => Uint8Array;
  /** Bytes taken, or a negative errno. */
  readonly write: (k: Kernel, context: SpuContext, bytes: Uint8Array, position: number) => number;
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
  npc: number(false, hexadecimal, nextProgramCounter, writeNextProgramCounter),
  decr: number(true, hexadecimal, ({ state }) => state.decrementer.value, setSavedDecrementer),
  decr_status: number(true, hexadecimal, ({ state }) => (state.decrementer.running ? 1 : 0), ({ state }, value) => { state.decrementer.running = value !== 0; }),
  spu_tag_mask: number(true, hexadecimal, ({ state }) => state.mfc.tags.mask, ({ state }, value) => { state.mfc.tags.mask = value; }),
  event_mask: number(true, hexadecimal, ({ state }) => state.events.mask, writeEventMask),
  srr0: number(true, hexadecimal, ({ registers }) => registers.srr0, ({ registers }, value) => { registers.srr0 = value; }),
  signal1_type: number(false, decimal, ({ state }) => Number(state.signals[0].orMode), ({ state }, value) => { state.signals[0].orMode = value !== 0; }),
  signal2_type: number(false, decimal, ({ state }) => Number(state.signals[1].orMode), ({ state }, value) => { state.signals[1].orMode = value !== 0; }),
  'phys-id': {
    forcesSaved: false,
    read: (_k: Kernel, context: SpuContext) => text(`0x${hexadecimal(context.spe ?? NO_SPE)}`),
    write: () => -ERRNO.EACCES,
  },
} satisfies Record<string, Body>;

export function isSavedFile(file: string): file is SavedFileName {
  return file in BODY;
}

export const spufsReadSaved = path('spufs_read_saved', FILE, [
  step('take the context off its SPE', (_k, _task, { context }) => call('spu_acquire_saved', { context, fault: undefined })),
  step('read the saved state', (k, _task, f, { returned }) => {
    if (returned !== 0) return done(returned);
    const { position, count } = f.request;
    f.request.chunk = BODY[f.file].read(k, f.context).slice(position, position + count);
    return call('spu_release_saved', { context: f.context, fault: undefined });
  }),
  step('that is all', () => done(0)),
]);

export const spufsWriteSaved = path('spufs_write_saved', FILE, [
  step('take the context off its SPE', (_k, _task, { context }) => call('spu_acquire_saved', { context, fault: undefined })),
  step('write the saved state', (k, _task, f, { returned }) => {
    if (returned !== 0) return done(returned);
    f.taken = BODY[f.file].write(k, f.context, f.bytes ?? new Uint8Array(0), f.request.position);
    return call('spu_release_saved', { context: f.context, fault: undefined });
  }),
  step('that is all', (_k, _task, f) => done(f.taken)),
]);

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
    forcesSaved: true,
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

/** A file that shows one number as text. */
function number(forcesSaved: boolean, format: (value: number) => string, get: (spe: Spe) => number, set: (spe: Spe, value: number) => void): Body {
  return {
    forcesSaved,
    isText: true,
    read: (k, context) => text(format(get(speOf(k, context)))),
    write: (k, context, bytes) => {
      set(speOf(k, context), parseNumber(new TextDecoder().decode(bytes)));
      return bytes.length;
    },
  };
}

/** As simple_strtol with base 0: hexadecimal after 0x, octal after 0, else decimal, as far as there are digits. */
function parseNumber(written: string): number {
  const [, sign, hex, octal, decimals] = /^(-?)(?:0x([0-9a-f]+)|0([0-7]*)|([0-9]+))/i.exec(written) ?? [];
  const value = hex !== undefined ? parseInt(hex, 16) : octal !== undefined ? parseInt(`0${octal}`, 8) : parseInt(decimals ?? '0', 10);
  return Number(BigInt.asUintN(32, BigInt(sign === '-' ? -value : value)));
}

/** 2.6.18 puts no 0x before it, though it reads a number without one as decimal. */
function hexadecimal(value: number): string {
  return `${(value >>> 0).toString(16)}\n`;
}

function decimal(value: number): string {
  return String(value);
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}
