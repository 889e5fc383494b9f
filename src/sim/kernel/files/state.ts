/** The in-memory file tree, open files, scripted devices. Plain data, but for the host folder. */
import type { SpuFileName } from '../spufs/fileTable.ts';
import type { SpuContext, SpuGang } from '../spufs/state.ts';
import type { WaitQueue } from '../state.ts';

/** What an inode is, and where its bytes are. */
export type InodeContent =
  | { readonly kind: 'directory'; readonly entries: Map<string, Inode> }
  /** A file of the simulated disk: `blocks` has the bytes of the pages that are not in `Inode.cache`; a page that is in neither is a hole, all zero. */
  | { readonly kind: 'regular'; size: number; readonly blocks: Map<number, Uint8Array>; readonly isSharedMemory: boolean }
  /** A file of the host folder (path relative to it), read into `Inode.cache` page by page on demand. */
  | { readonly kind: 'host'; readonly path: string; readonly size: number }
  /** A folder of the host folder; entries are made when they are first looked up. */
  | { readonly kind: 'hostFolder'; readonly path: string; readonly entries: Map<string, Inode> }
  | { readonly kind: 'null' }
  | { readonly kind: 'zero' }
  /** `/dev/urandom`: the same bytes in every run. */
  | { readonly kind: 'random' }
  | { readonly kind: 'console'; readonly stream: 'stdin' | 'stdout' | 'stderr' }
  | { readonly kind: 'pipe'; readonly pipe: Pipe }
  /** A file of /proc/self: its text is made when it is opened. */
  | { readonly kind: 'proc'; readonly entry: ProcEntry }
  | { readonly kind: 'device'; readonly device: DeviceState }
  | { readonly kind: 'spufsRoot'; readonly entries: Map<string, Inode> }
  /** A directory of spufs that groups contexts. */
  | { readonly kind: 'spuGang'; readonly gang: SpuGang; readonly entries: Map<string, Inode> }
  /** `/spu/NAME`, and the same through the descriptor of spu_create, whose end is the context's. */
  | { readonly kind: 'spuContext' | 'spuDescriptor'; readonly context: SpuContext; readonly entries: Map<string, Inode> }
  | { readonly kind: 'spuFile'; readonly context: SpuContext; readonly file: SpuFileName; readonly size: number };

export type ProcEntry = 'maps' | 'status' | 'exe' | 'cmdline';
export type InodeKind = InodeContent['kind'];

export interface Inode {
  readonly number: number;
  /** Full path, for mappings and messages. */
  path: string;
  mode: number;
  links: number;
  readonly content: InodeContent;
  /** Page cache: frame number by page index (mapped files and devices). */
  readonly cache: Map<number, number>;
  /** Indices of cached pages that the disk does not have as they are. */
  readonly dirty: Set<number>;
  /** A write to the disk has failed since the last fsync (AS_EIO). */
  writeFailed: boolean;
  /** truncate_count of the mapping (facts 2.3, do_no_page step 1). */
  truncateCount: number;
  modified: number;
  /** Open files of it: with `links`, what keeps its bytes alive. */
  opens: number;
}

export interface OpenFile {
  readonly inode: Inode;
  position: number;
  /** O_ flags of open and fcntl(F_SETFL). */
  flags: number;
  /** Process that gets SIGIO with O_ASYNC (F_SETOWN); 0 for none. */
  owner: number;
  /** Descriptors and mappings that hold it. */
  references: number;
  /** Text of a /proc file, made at open. */
  readonly text: Uint8Array | undefined;
}

export interface Pipe {
  bytes: number[];
  readers: number;
  writers: number;
  readonly readQueue: WaitQueue;
  readonly writeQueue: WaitQueue;
}

export interface FilesState {
  readonly root: Inode;
  /** `/spu`. */
  readonly spufsRoot: Inode;
  nextInode: number;
  /** Tasks in poll and select; anything that becomes readable or writable wakes them to look again. */
  readonly pollQueue: WaitQueue;
  /** Bytes given to standard input so far and not yet read; `closed` when no more come. */
  readonly stdin: { bytes: number[]; closed: boolean; readonly queue: WaitQueue };
}

/** One answer of a scripted device's nopage, with how often it is given (Infinity: for ever). */
export interface DeviceAnswer {
  readonly answer: 'page' | 'sigbus' | 'oom' | 'retry' | 'wait' | 'installAndRetry';
  readonly count: number;
  /** For `wait`: cycles, and whether a signal ends it. */
  readonly cycles: number;
  readonly interruptible: boolean;
}

/** `/dev/NAME` as the launch configuration or `--devices FILE` defines it. */
export interface ScriptedDevice {
  readonly name: string;
  readonly size: number;
  readonly answers: readonly DeviceAnswer[];
}

export interface DeviceState {
  readonly script: ScriptedDevice;
  /** Place in the script: index of the answer and how often it was given. */
  position: number;
  given: number;
  readonly queue: WaitQueue;
}

/** Read access to a host folder, given in memory before the run (the inner rings do no I/O). */
export interface HostFiles {
  /** Names in a folder (path relative to the host folder, `''` its root), or undefined where there is none. */
  list(path: string): readonly { readonly name: string; readonly kind: 'file' | 'folder' }[] | undefined;
  read(path: string): Uint8Array | undefined;
}
