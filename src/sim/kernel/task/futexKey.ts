/** Which word a futex is: programs that share memory may see it at different addresses. */
import type { Kernel } from '../kernel.ts';
import { frameHost, FRAME_BYTES } from '../mm/frames.ts';
import { pteOf } from '../mm/pages.ts';
import { isPresent, pteFrame } from '../mm/pte.ts';
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

/** The word at an address as it is now, with no effect on the machine; undefined where its page is not present in RAM. */
export function peekWord(k: Kernel, mm: Mm, address: number): number | undefined {
  const pte = pteOf(k, mm, address);
  if (!isPresent(pte)) return undefined;
  const within = address % k.configuration.pageBytes;
  const frame = pteFrame(pte);
  if (frame + Math.floor(within / FRAME_BYTES) >= k.state.frames.references.length) return undefined;
  return new DataView(k.memory.buffer).getInt32(frameHost(k, frame) + within);
}
