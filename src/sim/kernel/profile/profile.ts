/**
 * A kernel profile: a name and a set of choices. Paths read choices, never the name, so a
 * launch configuration can override single ones. Plain data.
 */

import type { SpuFileName } from '../spufs/fileTable.ts';

/** Numbers of VM_FAULT_* (facts 1.3). */
export interface FaultNumbers {
  readonly oom: number;
  readonly sigbus: number;
  readonly minor: number;
  readonly major: number;
  readonly write: number;
}

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
  readonly scheduler: 'reaper';
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
