/**
 * A kernel profile: a name and a set of choices. Paths read choices, never the name, so a
 * launch configuration can override single ones. Plain data.
 */

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
  /** What spufs_ps_nopage answers when a signal ends its wait for an SPE. */
  readonly interruptedWait: 'sigbus' | 'retry';
  /** What it answers when the context has no owner any more. */
  readonly deadContext: 'sigbus' | 'retry';
  /** Whom do_page_fault kills on OOM in user mode (facts 2.2 step 9). */
  readonly oomKills: 'thread' | 'group';
  readonly psMapLimit: number;
  /** `mem` mappings: whether an offset beyond the local store is refused (facts 3.3). */
  readonly memBounded: boolean;
  /** Files whose PTEs are removed when a context moves (facts 3.6). */
  readonly unmappedAtSwitch: readonly string[];
  readonly spuFiles: readonly string[];
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
  /** Saving or restoring an SPE context. */
  readonly contextSwitch: number;
}
