/**
 * What the kernel and the processors ask of the MMU. Effective addresses come as two 32-bit
 * halves on the hot path and as numbers (user addresses, below 2^44) elsewhere.
 */
import type { Mm } from '../kernel/mm/state.ts';
import type { Task } from '../kernel/state.ts';

export interface Mmu {
  /** Base host offset of a physical frame in the machine's memory, or undefined where the address is not memory (problem state). */
  hostOffset(frame: number): number | undefined;
  /** A PTE changed or went away: drop its hash-table entries, and TLB entries on every processor (tlbie). */
  flushPage(mm: Mm, ea: number): void;
  /** Drop everything of an address space. */
  flushMm(mm: Mm): void;
  /** A processor begins to run a task: its SLB is flushed and preloaded (facts 6.4). */
  switchTo(cpu: number, task: Task): void;
}
