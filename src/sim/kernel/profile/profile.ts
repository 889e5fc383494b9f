/**
 * A kernel profile: a name and a set of choices. Paths read choices, never the name, so a
 * launch configuration can override single ones. Plain data.
 */

import type { SpuCreateFlag } from '../spufs/createFlags.ts';
import type { SpuFileName } from '../spufs/fileTable.ts';

/** Numbers of VM_FAULT_* (facts 1.3). */
export interface FaultNumbers {
  readonly oom: number;
  readonly sigbus: number;
  readonly minor: number;
  readonly major: number;
  readonly write: number;
}

/** How SPEs are shared, by the kernel that brought it: 2.6.18, .19, .21, .23, .25 (facts 4). */
export type SpeScheduler = 'reaper' | 'none' | 'rr' | 'timeslice' | 'async';

export interface Profile {
  readonly name: string;
  /** Kernel release that uname reports. */
  readonly release: string;
  readonly vmFault: FaultNumbers;
  /** Whether do_no_page knows NOPAGE_RETRY and folds it into MINOR. */
  readonly nopageRetry: boolean;
  /** What spufs_ps_nopage and scripted devices answer when a signal ends their wait. */
  readonly interruptedWait: 'sigbus' | 'retry';
  /** What spufs_ps_nopage answers when the context has no owner any more. */
  readonly deadContext: 'sigbus' | 'retry';
  /** Whom do_page_fault kills on OOM in user mode (facts 2.2 step 9). */
  readonly oomKills: 'thread' | 'group';
  /** Whether an SPE's access below a stack lets the stack grow (facts 5.2 step 4). */
  readonly speStackGrowth: boolean;
  /** Whether spu_run returns a stop's status even where a signal asks for a restart (facts 3.7). */
  readonly stopBeatsSignal: boolean;
  /** Whether an SPU that stops with 0x3fff gets its thread a SIGTRAP; before 2.6.20 only a traced one's (facts 3.7). */
  readonly spuBreakpointTraps: boolean;
  /** Whether the SIGBUS for a misaligned DMA says BUS_ADRALN: from 2.6.22 on (facts 5.1). */
  readonly dmaAlignmentCode: boolean;
  /** Whether get_user_pages lets others run between two tries (facts 2.4). */
  readonly gupReschedules: boolean;
  /** Whether mappings of spufs are VM_IO: from 2.6.20 on get_user_pages and futexes refuse them (facts 2.4, 7 rows 49 and 51). */
  readonly spufsMappingsIo: boolean;
  /** Bytes of each problem-state file that can be mapped (facts 3.3). */
  readonly psMapLimit: number;
  /** `mem` mappings: whether an offset beyond the local store is refused (facts 3.3). */
  readonly memBounded: boolean;
  /** Whether a mapping of `mem` is cacheable while the context is saved: from 2.6.19 on (facts 3.3, 8.12). */
  readonly savedMemoryCached: boolean;
  /** Files whose PTEs are removed when a context moves (facts 3.6). */
  readonly unmappedAtSwitch: readonly SpuFileName[];
  /** Files of a context's directory. */
  readonly spuFiles: readonly SpuFileName[];
  /** Files that only a task with CAP_SYS_RAWIO may map, which root has. */
  readonly rawIoFiles: readonly SpuFileName[];
  /** Who gives SPEs to contexts (facts 4). */
  readonly scheduler: SpeScheduler;
  /** Timer interrupts (jiffies) a second: what time slices are counted in (facts 4.4, 6.5). */
  readonly hz: 100 | 250 | 1000;
  /** What keeps a context where it is: a read-write semaphore, a mutex, or a mutex whose wait a signal ends (facts 3.1). */
  readonly stateLock: 'semaphore' | 'mutex' | 'interruptible';
  /** Flags that spu_create knows (facts 3.1). */
  readonly spuCreateFlags: readonly SpuCreateFlag[];
  /** What comes back through the third argument of spu_run (facts 3.7). */
  readonly runReports: 'status' | 'events';
  /** Event that a page fault of a DMA becomes that cannot be served (facts 5.2). */
  readonly storageEvent: 'invalidDma' | 'dataStorage';
  /** Words that one call moves through mbox, ibox and wbox (facts 3.2). */
  readonly mailboxTransfer: 'one' | 'many';
  /** Reading signal1 and signal2: the register, or the word that the SPU has not read yet (facts 3.2). */
  readonly signalRead: 'register' | 'pending';
  /** Numbers in the text files of registers: `ff` or `0xff`. */
  readonly registerText: 'bare' | 'prefixed';
  /** cntl has a text that can be read and written (facts 3.2). */
  readonly controlText: boolean;
  /** stat tells the sizes of files of a context (facts 3.2). */
  readonly fileSizes: boolean;
  /** A file that takes a context off its SPE gives it back one when it is done (facts 4.5, 4.6). */
  readonly savedResumes: boolean;
  /** spu_run keeps the context locked while it serves a page fault of its DMA (facts 5.3). */
  readonly faultHoldsContext: boolean;
  /** Cycles that each kind of kernel work takes. */
  readonly cost: ProfileCosts;
}

export interface ProfileCosts {
  /** One step of a path. */
  readonly step: number;
  /** Entering and leaving the kernel. */
  readonly entry: number;
  /** Reading a page of a file that is not in the page cache. */
  readonly diskRead: number;
  /** Writing a page to the disk. */
  readonly diskWrite: number;
  /** Saving or restoring an SPE context. */
  readonly contextSwitch: number;
}
