/**
 * A kernel profile: a name and a set of choices. Paths read choices, never the name, so a
 * launch configuration can override single ones. Plain data.
 */

import type { SpuCreateFlag } from '../spufs/createFlags.ts';
import type { SpuFileName } from '../spufs/fileTable.ts';

/** Numbers of VM_FAULT_* (facts 1.3). */
export interface FaultNumbers {
  /** Whether each answer is one number, or bits that are put together: then the absence of all is MINOR. */
  readonly form: 'enumeration' | 'flags';
  readonly oom: number;
  readonly sigbus: number;
  readonly minor: number;
  readonly major: number;
  readonly write: number;
  /** The handler has served the fault without a page for the core: from 2.6.23 on. */
  readonly nopage?: number;
  /** As Google's patch had it: no do_page_fault of the time knows it. */
  readonly retry?: number;
}

/** How the handler of a mapping is called (facts 1.3, 2.3). */
export type HandlerKind = 'nopage' | 'nopfn' | 'fault';

/** How often an access that has waited may be sent back to be made again (facts 1.1, 8.17). */
export type RetryPolicy = 'unlimited' | 'once' | 'signal-bounded' | 'mm-sequence';

/** How SPEs are shared, by the kernel that brought it: 2.6.18, .19, .21, .23, .25 (facts 4). */
export type SpeScheduler = 'reaper' | 'none' | 'rr' | 'timeslice' | 'async';

export interface Profile {
  readonly name: string;
  /** Kernel release that uname reports. */
  readonly release: string;
  readonly vmFault: FaultNumbers;
  /** Kinds of handlers that handle_pte_fault knows, in the order in which it looks for them (facts 2.3). */
  readonly handlerKinds: readonly HandlerKind[];
  /** How files of the page cache, devices and the vDSO answer. */
  readonly fileHandler: 'nopage' | 'fault';
  /** How mapped files of spufs answer; all but `nopage` install the PTE themselves. */
  readonly spufsHandler: HandlerKind;
  /** Whether do_no_page knows an answer for "again" and folds it into MINOR. */
  readonly nopageRetry: boolean;
  /** Whether do_no_page makes MINOR of that answer, or hands it on as VM_FAULT_RETRY, which its callers do not know (facts 8.16). */
  readonly retryFolded: boolean;
  /** What that answer is called. */
  readonly retryName: 'NOPAGE_RETRY' | 'NOPAGE_REFAULT';
  /** Whether do_no_pfn knows NOPFN_REFAULT and folds it into MINOR. */
  readonly nopfnRefault: boolean;
  /** What handlers of SPE registers and scripted devices answer when a signal ends their wait (facts 3.5). */
  readonly interruptedWait: 'sigbus' | 'retry';
  /** How often an interrupted wait may be answered with "again"; then the wait cannot be interrupted. */
  readonly interruptedRetry: RetryPolicy;
  /** Whether a page fault keeps mmap_sem while it waits for the disk: `never` lets it go, or it does and is then taken again, so often. */
  readonly pageCacheRetry: 'never' | RetryPolicy;
  /** What is counted for a fault that was taken again: Google's patch counted a major one (facts 8.14). */
  readonly retriedCounts: 'min_flt' | 'maj_flt';
  /** What handlers of SPE registers do for a context without an owner: refuse, say "again", or not ask and wait (facts 3.5). */
  readonly deadContext: 'sigbus' | 'retry' | 'wait';
  /** Whether a touch of SPE registers gets their context an SPE, or waits until somebody else has got it one (facts 3.5). */
  readonly faultActivates: boolean;
  /** Whether such a touch keeps mmap_sem while it waits (facts 3.5, 8.5). */
  readonly speWaitHoldsMmapSem: boolean;
  /** Whether a thread that has waited for an SPE looks if its context has got one meanwhile; if not, the context may be bound twice (facts 4.1, 8.11). */
  readonly activationLooksAgain: boolean;
  /** Whether handlers of SPE registers refuse to serve a task that is to die (facts 3.5). */
  readonly fatalSignal: 'ignored' | 'sigbus';
  /** What a DMA to a bad address gets its thread, where its context wants no events: SIGBUS, SIGBUS with the address, or SIGSEGV with the DMA restarted (facts 5.2). */
  readonly badDma: 'sigbus' | 'sigbus-address' | 'sigsegv';
  /** Whether mappings of spufs are VM_IO: then get_user_pages and futexes refuse them (facts 2.4). */
  readonly spufsMappingsAreIo: boolean;
  /** Whether the local store of a saved context is mapped cacheable (facts 3.3). */
  readonly savedMemCached: boolean;
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
  /** Whether get_user_pages gives up for a process that the OOM killer has chosen (facts 2.4). */
  readonly gupStopsForOom: boolean;
  /** Bytes of each problem-state file that can be mapped (facts 3.3). */
  readonly psMapLimit: number;
  /** `mem` mappings: whether an offset beyond the local store is refused (facts 3.3). */
  readonly memBounded: boolean;
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
