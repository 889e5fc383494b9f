/** Address spaces: mappings, Linux page tables, physical page frames. Plain data. */
import type { Inode, OpenFile } from '../files/state.ts';
import type { RwSemaphore } from '../rwsem.ts';
import type { SpuContext } from '../spufs/state.ts';
import type { WaitQueue } from '../state.ts';

/** End of the user region: 2.6.18 gives 64-bit programs 16 TiB (44 bits of EA). */
export const TASK_SIZE = 0x1000_0000_0000;

/** Who answers faults in a mapping: anonymous memory has no handler (facts 2.3). */
export type HandlerName = 'anonymous' | 'filemap_nopage' | 'spufs_mem_nopage' | 'spufs_ps_nopage' | 'device_nopage' | 'vdso_vma_nopage';

export interface Vma {
  start: number;
  /** First byte beyond. */
  end: number;
  read: boolean;
  write: boolean;
  exec: boolean;
  readonly shared: boolean;
  readonly growsDown: boolean;
  locked: boolean;
  /** What a fault record calls it: `/tmp/data`, `/spu/worker/signal1`, `[heap]`, `[stack]`, `[anon]`. */
  readonly name: string;
  readonly handler: HandlerName;
  /** The open file that it keeps alive, and the file offset of `start` in bytes. */
  readonly file: OpenFile | undefined;
  offset: number;
  /** For spufs mappings. */
  readonly context: SpuContext | undefined;
  /** PTE flags of its pages besides the permissions: NO_CACHE and GUARDED of problem-state areas. */
  readonly pteFlags: number;
}

/**
 * A Linux page-table entry: `frame * 4096 + flags`, with the flag bits of `pte.ts`.
 * `frame` is the physical address divided by 4096, up to 2^40, also where pages are larger.
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
  readonly mmapSem: RwSemaphore;
  /** Threads that use it. */
  users: number;
  /** Resident pages of the kernel's page size, and mapped ones. */
  anonPages: number;
  filePages: number;
  totalPages: number;
}

/** Physical page frames of RAM, 4 KiB each. A larger page is a run of frames counted at its first. */
export interface FrameState {
  /** Users by frame number; 0 is free. */
  readonly references: Uint32Array;
  /** 1 where the frame holds an anonymous page. */
  readonly anonymous: Uint8Array;
  /** No frame below this one is free. */
  hint: number;
  /** Frames in use, and how many may be (the machine's memory limit). */
  used: number;
  readonly limit: number;
  /** The shared page of zeros that reads of untouched anonymous memory get. */
  readonly zeroFrame: number;
  /** Pages of files that are being read from the disk, by inode number and page index. */
  readonly reads: Map<string, PageRead>;
  nextMm: number;
}

/** A page on its way from the disk; its frame is allocated and not yet in the page cache. */
export interface PageRead {
  readonly inode: Inode;
  readonly index: number;
  readonly frame: number;
  /** Cycle at which it arrives. */
  readonly due: number;
  readonly queue: WaitQueue;
}
