/**
 * What the kernel asks of the MMU. User addresses are numbers (below 2^44); a physical
 * address is a number too (`physical.ts` says what lies where).
 */
import type { Mm } from '../kernel/mm/state.ts';
import type { Task } from '../kernel/state.ts';
import type { PageFault } from './pageFault.ts';

/** What a translation gives when it fails. */
export const NO_TRANSLATION = -1;

export interface Mmu {
  /** Host offset of RAM: frame `f` lies at `ram + f * 4096`. */
  readonly ram: number;
  /** Host offset of a physical frame in the machine's memory, or undefined where the address is not memory (problem state). */
  hostOffset(frame: number): number | undefined;
  /** A PTE changed or went away: drop its hash-table entries, and TLB entries on every processor (tlbie). */
  flushPage(mm: Mm, ea: number): void;
  /** Drop everything of an address space. */
  flushMm(mm: Mm): void;
  /** A PTE was installed after a fault of a PPE: put it into the hashed page table at once (facts 2.1 step 5). */
  preload(mm: Mm, ea: number): void;
  /** A PPE thread begins to run a task (facts 6.4). */
  switchTo(cpu: number, task: Task): void;
  /**
   * The architected translation of a user address for a kernel access on a PPE thread.
   * @returns the physical address, or `NO_TRANSLATION`: then `takeKernelFault` has the reason.
   */
  translateForKernel(cpu: number, mm: Mm, ea: number, write: boolean): number;
  takeKernelFault(cpu: number): PageFault;
  /** The kernel is about to read or write bytes of user memory that it has translated: a debugger may watch them. */
  kernelAccess(cpu: number, mm: Mm, ea: number, physical: number, bytes: number, store: boolean): void;
  /** hash_page for an SPE's storage fault: whether the Linux page table allows the access; then the hashed one has it. */
  hashPage(mm: Mm, ea: number, write: boolean): boolean;
  /** A context's MFC begins to work on an SPE, or stops to: the segments of the one before go. */
  flushMfc(spe: number): void;
  /** A context has come to an SPE or left one: its local store is elsewhere now. */
  contextMoved(): void;
  /** The kernel's answer to an MFC's segment fault: false where the address has no segment. */
  loadMfcSegment(spe: number, dar: bigint): boolean;
  /** Reads bytes at a physical address, registers included; must not cross a 4 KiB page. */
  readPhysical(physical: number, into: Uint8Array): void;
  /** Writes them, and lets go of reservations and predecoded code there. */
  writePhysical(physical: number, bytes: Uint8Array): void;
  /** Bytes of memory at a physical address were written past the processors: reservations and predecoded code are gone. */
  written(physical: number, bytes: number): void;
}
