/** The local store of a context as a file: of its SPE, or the image in memory. */
import { LOCAL_STORE_BYTES } from '../../engine/layout.ts';
import { localStoreFrame } from '../../mmu/physical.ts';
import type { Kernel } from '../kernel.ts';
import { FRAME_BYTES } from '../mm/frames.ts';
import { ERRNO } from '../syscall/errno.ts';
import type { SpuContext } from './state.ts';

/** Bytes from an address on; fewer, or none, at the end. */
export function readMemory(k: Kernel, context: SpuContext, address: number, count: number): Uint8Array {
  const start = hostStart(k, context);
  const from = Math.min(address, LOCAL_STORE_BYTES);
  return k.memory.slice(start + from, start + Math.min(from + count, LOCAL_STORE_BYTES));
}

/** Number of bytes written; -EFBIG at and beyond the end. */
export function writeMemory(k: Kernel, context: SpuContext, address: number, bytes: Uint8Array): number {
  const part = bytes.subarray(0, Math.max(LOCAL_STORE_BYTES - address, 0));
  if (part.length === 0) return -ERRNO.EFBIG;
  k.memory.set(part, hostStart(k, context) + address);
  if (context.spe === undefined) context.imageInCache ??= 'written';
  k.mmu.written(firstFrame(context) * FRAME_BYTES + address, part.length);
  return part.length;
}

/** First physical frame of the local store as it is now. */
function firstFrame({ spe, imageFrame }: SpuContext): number {
  return spe === undefined ? imageFrame : localStoreFrame(spe);
}

function hostStart(k: Kernel, context: SpuContext): number {
  const start = k.mmu.hostOffset(firstFrame(context));
  if (start === undefined) throw new Error(`The local store of ${context.path} lies outside memory.`);
  return start;
}
