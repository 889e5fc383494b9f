/**
 * The debugger's view of an address space. It goes by the Linux page tables, and where a page
 * is not there yet by what the first touch would bring. It never faults, counts nothing and
 * reads no registers of SPEs.
 */
import { localStoreFrame } from '../../mmu/physical.ts';
import type { Kernel } from '../kernel.ts';
import { copyPage, installPage, pageBase, pteOf, zapPage } from './pages.ts';
import { FRAME_BYTES, frameHost, takePage } from './frames.ts';
import { bytesOnDisk, markDirty, pageOfFile } from './pageCache.ts';
import { fileIndexOf, isPresent, protectionOf, PTE_DIRTY, pteFrame, PTE_RW, swapSlotOf } from './pte.ts';
import { TASK_SIZE, type Mm, type Vma } from './state.ts';
import { isMappedOnce, slotOf } from './swap.ts';
import { vmaAt } from './vma.ts';

/** Bytes from an address on, up to the first that cannot be read. */
export function peek(k: Kernel, mm: Mm, address: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const at = address + done;
    const piece = Math.min(length - done, FRAME_BYTES - (at % FRAME_BYTES));
    if (!peekPiece(k, mm, at, bytes.subarray(done, done + piece))) break;
    done += piece;
  }
  return bytes.subarray(0, done);
}

/** The word at an address, or undefined. */
export function peekWord(k: Kernel, mm: Mm, address: number): number | undefined {
  const bytes = peek(k, mm, address, 4);
  return bytes.length < 4 ? undefined : new DataView(bytes.buffer).getUint32(0);
}

/**
 * Writes bytes for the debugger, also where the program may not; answers how many could be.
 * A page of a private mapping that is not there or is shared with others becomes the
 * program's own, without a fault.
 */
export function poke(k: Kernel, mm: Mm, address: number, bytes: Uint8Array): number {
  let done = 0;
  while (done < bytes.length) {
    const at = address + done;
    const piece = Math.min(bytes.length - done, FRAME_BYTES - (at % FRAME_BYTES));
    const frame = ownFrame(k, mm, at);
    const host = frame === undefined ? undefined : k.mmu.hostOffset(frame + frameIndex(k, at));
    if (frame === undefined || host === undefined) break;
    k.memory.set(bytes.subarray(done, done + piece), host + (at % FRAME_BYTES));
    k.mmu.written((frame + frameIndex(k, at)) * FRAME_BYTES + (at % FRAME_BYTES), piece);
    done += piece;
  }
  return done;
}

function peekPiece(k: Kernel, mm: Mm, address: number, into: Uint8Array): boolean {
  if (address < 0 || address >= TASK_SIZE) return false;
  const pte = pteOf(k, mm, address);
  const isThere = isPresent(pte);
  const stored = isThere ? undefined : storedBytes(k, mm, address);
  if (stored) {
    const within = address % k.configuration.pageBytes;
    into.set(stored.subarray(within, within + into.length));
    return true;
  }
  const frame = isThere ? pteFrame(pte) + frameIndex(k, address) : untouchedFrame(k, mm, address);
  if (frame === 'zeros') return true;
  const host = frame === undefined ? undefined : k.mmu.hostOffset(frame);
  if (host === undefined) return false;
  into.set(k.memory.subarray(host + (address % FRAME_BYTES), host + (address % FRAME_BYTES) + into.length));
  return true;
}

/** Bytes of a page that is on a disk alone: the swap device, or the one with the mapping's file. */
function storedBytes(k: Kernel, mm: Mm, address: number): Uint8Array | undefined {
  const pte = pteOf(k, mm, address);
  const slot = swapSlotOf(pte);
  if (slot !== 0) {
    const { frame, bytes } = slotOf(k, slot);
    return frame === undefined ? bytes : k.memory.subarray(frameHost(k, frame), frameHost(k, frame) + k.configuration.pageBytes);
  }
  const vma = vmaAt(mm, address);
  const page = filePage(k, mm, address);
  return vma?.file && page !== undefined && !vma.file.inode.cache.has(page) ? bytesOnDisk(k, vma.file.inode, page) : undefined;
}

/** Index of the page of the file that an address shows. */
function filePage(k: Kernel, mm: Mm, address: number): number | undefined {
  const vma = vmaAt(mm, address);
  if (vma?.handler !== 'file') return undefined;
  return fileIndexOf(pteOf(k, mm, address)) ?? Math.floor(offsetOf(vma, address) / k.configuration.pageBytes);
}

/** What the first touch would show: a frame, or zeros. */
function untouchedFrame(k: Kernel, mm: Mm, address: number): number | 'zeros' | undefined {
  const vma = vmaAt(mm, address);
  if (!vma) return undefined;
  if (vma.handler === 'anonymous') return 'zeros';
  if (vma.handler === 'spufs_ps') return undefined;
  if (vma.handler === 'spufs_mem') return localStore(vma, address);
  const frame = vma.file?.inode.cache.get(filePage(k, mm, address) ?? Math.floor(offsetOf(vma, address) / k.configuration.pageBytes));
  return frame === undefined ? 'zeros' : frame + frameIndex(k, address);
}

function localStore({ context, offset, start }: Vma, address: number): number | undefined {
  if (!context) return undefined;
  const first = context.spe === undefined ? context.imageFrame : localStoreFrame(context.spe);
  return first + Math.floor((offset + address - start) / FRAME_BYTES);
}

/** Frame of a page that may be written for this address space alone, or with those that share the mapping. */
function ownFrame(k: Kernel, mm: Mm, address: number): number | undefined {
  const vma = vmaAt(mm, address);
  if (!vma) return undefined;
  const pte = pteOf(k, mm, address);
  const isThere = isPresent(pte);
  const isOwn = isThere && isMappedOnce(k, pteFrame(pte));
  if (vma.shared && isThere) markDirty(k, pteFrame(pte));
  if ((vma.shared && swapSlotOf(pte) === 0) || isOwn) {
    return isThere ? pteFrame(pte) : sharedFrame(k, mm, vma, address);
  }
  if (swapSlotOf(pte) !== 0) return swappedIn(k, mm, vma, address);
  const from = isThere ? pteFrame(pte) : privateSource(k, vma, address);
  return makeOwn(k, mm, vma, address, from);
}

/** A shared page that is not there: its place in the file; anonymous memory gets its page now. */
function sharedFrame(k: Kernel, mm: Mm, vma: Vma, address: number): number | undefined {
  if (vma.handler === 'anonymous') return makeOwn(k, mm, vma, address, undefined);
  if (vma.handler === 'spufs_ps') return undefined;
  if (vma.handler === 'spufs_mem') return localStore(vma, pageBase(k, address));
  return vma.file && pageOfFile(k, vma.file.inode, Math.floor(offsetOf(vma, address) / k.configuration.pageBytes));
}

function privateSource(k: Kernel, vma: Vma, address: number): number | undefined {
  if (!vma.file || vma.handler === 'anonymous') return undefined;
  return pageOfFile(k, vma.file.inode, Math.floor(offsetOf(vma, address) / k.configuration.pageBytes));
}

function makeOwn(k: Kernel, mm: Mm, vma: Vma, address: number, from: number | undefined): number | undefined {
  const frame = takePage(k, true);
  if (frame === undefined) return undefined;
  if (from !== undefined && from < k.state.frames.references.length) copyPage(k, from, frame);
  zapPage(k, mm, address);
  installPage(k, mm, address, frame, protectionOf(vma) | PTE_DIRTY | (vma.write ? PTE_RW : 0));
  return frame;
}

/** A page that is on the swap device comes back at once. */
function swappedIn(k: Kernel, mm: Mm, vma: Vma, address: number): number | undefined {
  const bytes = storedBytes(k, mm, address)?.slice();
  const frame = makeOwn(k, mm, vma, address, undefined);
  if (frame !== undefined && bytes) k.memory.set(bytes, frameHost(k, frame));
  return frame;
}

function offsetOf(vma: Vma, address: number): number {
  return vma.offset + address - vma.start;
}

/** Which 4 KiB frame of the kernel's page an address is in. */
function frameIndex(k: Kernel, address: number): number {
  return Math.floor((address % k.configuration.pageBytes) / FRAME_BYTES);
}
