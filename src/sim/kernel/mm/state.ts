/** Address spaces: mappings, Linux page tables, physical page frames. Plain data. */
import type { OpenFile } from '../files/state.ts';
import type { SpuContext } from '../spufs/state.ts';
import type { WaitQueue } from '../state.ts';

/** End of the user region: 2.6.18 gives 64-bit programs 16 TiB (44 bits of EA). */
export const TASK_SIZE = 0x1000_0000_0000;

/** Who answers faults in a mapping: anonymous memory has no handler (facts 2.3). */
export type HandlerName = 'anonymous' | 'filemap_nopage' | 'spufs_mem_nopage' | 'spufs_ps_nopage' | 'device_nopage';

export interface Vma {
  start: number;
  /** First byte beyond. */
  end: number;
  read: boolean;
  write: boolean;
  exec: boolean;
  shared: boolean;
  growsDown: boolean;
  locked: boolean;
  /** What a fault record calls it: `/tmp/data`, `/spu/worker/signal1`, `[heap]`, `[stack]`, `[anon]`. */
  readonly name: string;
  readonly handler: HandlerName;
  /** The open file that it keeps alive, and the file offset of `start` in bytes. */
  readonly file: OpenFile | undefined;
  offset: number;
  /** For spufs mappings. */
  readonly context: SpuContext | undefined;
}

/**
 * A Linux page-table entry: `frame * 4096 + flags`, with the flag bits of facts 6.4
 * (PRESENT 1, USER 2, EXEC 4, GUARDED 8, NO_CACHE 0x20, DIRTY 0x80, ACCESSED 0x100,
 * RW 0x200, HASHPTE 0x400). `frame` is the physical address divided by 4096, up to 2^40.
 */
export type Pte = number;

export interface Mm {
  readonly id: number;
  /** Sorted by start, disjoint. */
  readonly vmas: Vma[];
  /** Linux page table: PTE by virtual page number (EA / page size). The authority. */
  readonly pages: Map<number, Pte>;
  /** Context number of the VSID (facts 6.4). */
  readonly contextId: number;
  brkStart: number;
  brk: number;
  mmapBase: number;
  /** mmap_sem: number of readers, or -1 with a writer; waiters in order. */
  readonly mmapSem: { readers: number; writer: boolean; readonly queue: WaitQueue };
  /** Threads that use it. */
  users: number;
  anonPages: number;
  filePages: number;
  totalPages: number;
}

/** Physical page frames of RAM, as counts of users by frame number; 0 is free. */
export interface FrameState {
  readonly references: Uint16Array;
  /** First frame that may be free: where the search begins. */
  hint: number;
  free: number;
  /** The shared page of zeros that reads of untouched anonymous memory get. */
  zeroFrame: number;
  /** OOM limit in frames for anonymous and page-cache pages (the machine's memory limit). */
  limit: number;
}
