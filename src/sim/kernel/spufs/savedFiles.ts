/** Files that show the registers of a context: most need it off its SPE (facts 3.2). */
import { nextProgramCounter, writeNextProgramCounter } from '../../spe/run.ts';
import type { Spe } from '../../spe/spe.ts';
import type { TransferRequest } from '../files/fileOperations.ts';
import type { Kernel } from '../kernel.ts';
import { done, next, path, step } from '../path.ts';
import { downWrite, upWrite } from '../rwsem.ts';
import { ERRNO } from '../syscall/errno.ts';
import { speOf } from './bind.ts';
import { deactivate } from './scheduler.ts';
import type { SpuContext } from './state.ts';

const QUAD_BYTES = 16;
const REGISTERS = 128;
const NO_SPE = 0xffff_ffff;

interface Body {
  readonly forcesSaved: boolean;
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
  npc: number(false, nextProgramCounter, writeNextProgramCounter),
  decr: number(true, ({ state }) => state.decrementer.value, ({ state }, value) => { state.decrementer.value = value; }),
  decr_status: number(true, ({ state }) => (state.decrementer.running ? 1 : 0), ({ state }, value) => { state.decrementer.running = value !== 0; }),
  spu_tag_mask: number(true, ({ state }) => state.mfc.tags.mask, ({ state }, value) => { state.mfc.tags.mask = value; }),
  event_mask: number(true, ({ state }) => state.events.mask, ({ state }, value) => { state.events.mask = value; }),
  srr0: number(true, ({ registers }) => registers.srr0, ({ registers }, value) => { registers.srr0 = value; }),
  signal1_type: number(false, ({ state }) => Number(state.signals[0].orMode), ({ state }, value) => { state.signals[0].orMode = value !== 0; }),
  signal2_type: number(false, ({ state }) => Number(state.signals[1].orMode), ({ state }, value) => { state.signals[1].orMode = value !== 0; }),
  'phys-id': {
    forcesSaved: false,
    read: (_k: Kernel, context: SpuContext) => text(context.spe ?? NO_SPE),
    write: () => -ERRNO.EACCES,
  },
} satisfies Record<string, Body>;

export function isSavedFile(file: string): file is SavedFileName {
  return file in BODY;
}

export const spufsReadSaved = path('spufs_read_saved', 'arch/powerpc/platforms/cell/spufs/file.c', [
  step('take state_sema for writing', (_k, task, f) => downWrite(task, f.context.stateSema) ?? next),
  step('take the context off its SPE', takeOff),
  step('read the saved state', (k, _task, f) => {
    const { position, count } = f.request;
    f.request.chunk = BODY[f.file].read(k, f.context).slice(position, position + count);
    upWrite(k, f.context.stateSema);
    return done(0);
  }),
]);

export const spufsWriteSaved = path('spufs_write_saved', 'arch/powerpc/platforms/cell/spufs/file.c', [
  step('take state_sema for writing', (_k, task, f) => downWrite(task, f.context.stateSema) ?? next),
  step('take the context off its SPE', takeOff),
  step('write the saved state', (k, _task, f) => {
    const taken = BODY[f.file].write(k, f.context, f.bytes ?? new Uint8Array(0), f.request.position);
    upWrite(k, f.context.stateSema);
    return done(taken);
  }),
]);

function takeOff(k: Kernel, _task: unknown, { context }: SavedTransfer): typeof next {
  if (context.state === 'RUNNABLE') deactivate(k, context);
  return next;
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
    forcesSaved: true,
    read,
    write: (k, context, bytes, position) => {
      if (position >= count * QUAD_BYTES) return -ERRNO.EFBIG;
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
function number(forcesSaved: boolean, get: (spe: Spe) => number, set: (spe: Spe, value: number) => void): Body {
  return {
    forcesSaved,
    read: (k, context) => text(get(speOf(k, context))),
    write: (k, context, bytes) => {
      const value = Number(new TextDecoder().decode(bytes).trim());
      if (!Number.isInteger(value)) return -ERRNO.EINVAL;
      set(speOf(k, context), value);
      return bytes.length;
    },
  };
}

function text(value: number): Uint8Array {
  return new TextEncoder().encode(`0x${(value >>> 0).toString(16)}\n`);
}
