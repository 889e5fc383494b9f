/**
 * The debugger's view of an address space. It goes by the Linux page tables, and where a page
 * is not there yet by what the first touch would bring. It never faults, counts nothing and
 * reads no registers of SPEs.
 */
import { localStoreFrame } from '../../mmu/physical.ts';
import type { Kernel } from '../kernel.ts';
import { copyPage, installPage, pageBase, pteOf, zapPage } from './pages.ts';
import { FRAME_BYTES, isAnonymous, pageUsers, takePage } from './frames.ts';
import { pageOfFile } from './pageCache.ts';
import { protectionOf, PTE_DIRTY, PTE_PRESENT, PTE_RW, pteFlags, pteFrame } from './pte.ts';
import { TASK_SIZE, type Mm, type Vma } from './state.ts';
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
  const frame = (pteFlags(pte) & PTE_PRESENT) !== 0 ? pteFrame(pte) + frameIndex(k, address) : untouchedFrame(k, mm, address);
  if (frame === 'zeros') return true;
  if (frame === 'host file') return readHostFile(k, mm, address, into);
  const host = frame === undefined ? undefined : k.mmu.hostOffset(frame);
  if (host === undefined) return false;
  into.set(k.memory.subarray(host + (address % FRAME_BYTES), host + (address % FRAME_BYTES) + into.length));
  return true;
}

/** What the first touch would show: a frame, zeros, or bytes that only the host folder has. */
function untouchedFrame(k: Kernel, mm: Mm, address: number): number | 'zeros' | 'host file' | undefined {
  const vma = vmaAt(mm, address);
  if (!vma) return undefined;
  if (vma.handler === 'anonymous') return 'zeros';
  if (vma.handler === 'spufs_ps_nopage') return undefined;
  if (vma.handler === 'spufs_mem_nopage') return localStore(vma, address);
  const frame = vma.file?.inode.cache.get(Math.floor(offsetOf(vma, address) / k.configuration.pageBytes));
  if (frame !== undefined) return frame + frameIndex(k, address);
  return vma.file?.inode.content.kind === 'host' ? 'host file' : 'zeros';
}

function localStore({ context, offset, start }: Vma, address: number): number | undefined {
  if (!context) return undefined;
  const first = context.spe === undefined ? context.imageFrame : localStoreFrame(context.spe);
  return first + Math.floor((offset + address - start) / FRAME_BYTES);
}

function readHostFile(k: Kernel, mm: Mm, address: number, into: Uint8Array): boolean {
  const vma = vmaAt(mm, address);
  const content = vma?.file?.inode.content;
  if (!vma || content?.kind !== 'host') return false;
  const offset = offsetOf(vma, address);
  into.set(k.hostFiles.read(content.path)?.subarray(offset, offset + into.length) ?? []);
  return true;
}

/** Frame of a page that may be written for this address space alone, or with those that share the mapping. */
function ownFrame(k: Kernel, mm: Mm, address: number): number | undefined {
  const vma = vmaAt(mm, address);
  if (!vma) return undefined;
  const pte = pteOf(k, mm, address);
  const isPresent = (pteFlags(pte) & PTE_PRESENT) !== 0;
  const isOwn = isPresent && isAnonymous(k, pteFrame(pte)) && pageUsers(k, pteFrame(pte)) === 1;
  if (vma.shared || isOwn) {
    return isPresent ? pteFrame(pte) : sharedFrame(k, mm, vma, address);
  }
  const from = isPresent ? pteFrame(pte) : privateSource(k, vma, address);
  return makeOwn(k, mm, vma, address, from);
}

/** A shared page that is not there: its place in the file; anonymous memory gets its page now. */
function sharedFrame(k: Kernel, mm: Mm, vma: Vma, address: number): number | undefined {
  if (vma.handler === 'anonymous') return makeOwn(k, mm, vma, address, undefined);
  if (vma.handler === 'spufs_ps_nopage') return undefined;
  if (vma.handler === 'spufs_mem_nopage') return localStore(vma, pageBase(k, address));
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

function offsetOf(vma: Vma, address: number): number {
  return vma.offset + address - vma.start;
}

/** Which 4 KiB frame of the kernel's page an address is in. */
function frameIndex(k: Kernel, address: number): number {
  return Math.floor((address % k.configuration.pageBytes) / FRAME_BYTES);
}
