/** Which word a futex is: programs that share memory may see it at different addresses. */
import type { Kernel } from '../kernel.ts';
import { frameHost, FRAME_BYTES } from '../mm/frames.ts';
import { pteOf } from '../mm/pages.ts';
import { PTE_PRESENT, PTE_RW, pteFlags, pteFrame } from '../mm/pte.ts';
import type { Mm } from '../mm/state.ts';
import { vmaAt } from '../mm/vma.ts';

/**
 * The key of a futex word, or undefined where nothing is mapped. Words of shared file
 * mappings go by file and offset, all others by address space and address.
 */
export function futexKey(mm: Mm, address: number, isPrivate: boolean): string | undefined {
  const vma = vmaAt(mm, address);
  if (!vma) return undefined;
  if (!isPrivate && vma.shared && vma.file) {
    return `file ${String(vma.file.inode.number)}+${(address - vma.start + vma.offset).toString(16)}`;
  }
  return `${String(mm.id)}:${address.toString(16)}`;
}

/** The word at an address as it is now, without a fault; undefined where its page is not present in RAM. */
export function peekWord(k: Kernel, mm: Mm, address: number): number | undefined {
  const host = wordHost(k, mm, address, PTE_PRESENT);
  return host === undefined ? undefined : new DataView(k.memory.buffer).getInt32(host);
}

/** Changes a word without a fault; false where its page is not present in RAM and writable. */
export function pokeWord(k: Kernel, mm: Mm, address: number, value: number): boolean {
  const host = wordHost(k, mm, address, PTE_PRESENT | PTE_RW);
  if (host === undefined) return false;
  new DataView(k.memory.buffer).setInt32(host, value);
  return true;
}

function wordHost(k: Kernel, mm: Mm, address: number, needed: number): number | undefined {
  const pte = pteOf(k, mm, address);
  if ((pteFlags(pte) & needed) !== needed) return undefined;
  const within = address % k.configuration.pageBytes;
  const frame = pteFrame(pte);
  if (frame + Math.floor(within / FRAME_BYTES) >= k.state.frames.references.length) return undefined;
  return frameHost(k, frame) + within;
}
