/** Address spaces: mappings, Linux page tables, physical page frames. Plain data. */
import type { Inode, OpenFile } from '../files/state.ts';
import type { RwSemaphore } from '../rwsem.ts';
import type { SpuContext } from '../spufs/state.ts';
import type { WaitQueue } from '../state.ts';

/** End of the user region: 2.6.18 gives 64-bit programs 16 TiB (44 bits of EA). */
export const TASK_SIZE = 0x1000_0000_0000;

/** Who answers faults in a mapping: anonymous memory has no handler (facts 2.3). Which path that is depends on the kernel (`handlerPaths.ts`). */
export type HandlerName = 'anonymous' | 'file' | 'device' | 'vdso' | 'spufs_mem' | 'spufs_ps';

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
  /** Its driver or file system is asked before a shared page is first written to (page_mkwrite). */
  readonly pageMkwrite?: boolean;
  /** remap_file_pages has put pages of the file elsewhere than in the file's order. */
  nonlinear?: boolean;
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
  /** Where an anonymous frame is mapped: number of the page, in every address space that has it. */
  readonly ownerPage: Float64Array;
  /** PTEs that map it (page_mapcount). */
  readonly mapCount: Uint32Array;
  /** Page of the frames that the back hand of reclaim's clock points at. */
  clockHand: number;
  readonly swap: SwapState;
  /** The page cache by frame number, in the order in which the pages came: which page of which file. */
  readonly cached: Map<number, CachedPage>;
  /**
   * Those of them that may leave: neither dirty nor on their way to the disk, in the order in which they became so.
   * Reclaim goes through these alone; one that it finds mapped it takes off the list until nobody maps it.
   */
  readonly clean: Set<number>;
  /** Pages that files have on the disk. */
  diskUsed: number;
  /** Pages of files that are being read from the disk, by inode number and page index. */
  readonly reads: Map<string, PageRead>;
  /** Pages of files that are being written to the disk, by frame number. */
  readonly writes: Map<number, PageWrite>;
  /** Writes to a disk that have begun, those that have ended, and who waits for one to end. */
  writesBegun: number;
  writesDone: number;
  readonly writeQueue: WaitQueue;
  /** How often each of the configuration's failures has been given. */
  readonly failuresGiven: number[];
  nextMm: number;
}

export interface CachedPage {
  readonly inode: Inode;
  readonly index: number;
}

/** A page on its way from the disk; its frame is allocated and not yet in the page cache. */
export interface PageRead extends CachedPage {
  readonly frame: number;
  /** The disk could not deliver it, or will not be able to. */
  failed: boolean;
  readonly queue: WaitQueue;
}

/** A page of the page cache on its way to the disk. */
export interface PageWrite extends CachedPage {
  readonly frame: number;
  /** It is to leave the page cache afterwards. */
  readonly drop: boolean;
  readonly fails: boolean;
}

export type FailingOperation = 'read' | 'write' | 'mkwrite' | 'hpte';

/** A failure that the launch configuration asks for. Pages are of the kernel's page size. */
export interface ScriptedFailure {
  /** Full path of a file or device; `swap` for the swap device. */
  readonly path: string;
  readonly operation: FailingOperation;
  readonly firstPage: number;
  readonly lastPage: number;
  /** How many times it fails; Infinity for ever. */
  readonly count: number;
}

/** The swap device and the swap cache. */
export interface SwapState {
  /** Slots of a page each, numbered from 1. */
  readonly slots: number;
  /** No slot below this one is free. */
  hint: number;
  readonly used: Map<number, SwapSlot>;
  /** The swap cache: slot by frame number. The cache is one user of the frame. */
  readonly cache: Map<number, number>;
  /** Slots that are being read. */
  readonly reads: Map<number, SwapRead>;
}

export interface SwapSlot {
  /** The page as the device has it; undefined until it has been written. */
  bytes: Uint8Array | undefined;
  /** The page in the swap cache. */
  frame: number | undefined;
  /** PTEs that name the slot. */
  users: number;
}

export interface SwapRead {
  readonly slot: number;
  readonly frame: number;
  failed: boolean;
  readonly queue: WaitQueue;
}

export interface SwapWrite {
  readonly slot: SwapSlot;
  readonly number: number;
  readonly frame: number;
  /** The page as it was when the write began. */
  readonly bytes: Uint8Array;
}
