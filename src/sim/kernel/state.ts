/**
 * The kernel's own data: one tree of plain objects, Maps, Sets and typed arrays that
 * `structuredClone` copies whole (objects may refer to each other). Each room keeps the
 * shape of its part in its own `state.ts`.
 */
import type { FailedAccess, FaultLog } from './fault/state.ts';
import type { FilesState, OpenFile } from './files/state.ts';
import type { Mm, FrameState } from './mm/state.ts';
import type { Frame } from './path.ts';
import type { PendingSignals, SignalHandlers } from './signal/state.ts';
import type { SpufsState, SpuContext } from './spufs/state.ts';
import type { KernelEvent } from './event.ts';
import type { MmuState } from '../mmu/state.ts';
import type { CpuShare, FutexTable, ResourceLimit, RestartBlock, Usage } from './task/state.ts';

/** Tasks that sleep for one reason. `name` is what the debugger shows: `stop_wq of /spu/worker`. */
export interface WaitQueue {
  readonly name: string;
  readonly waiters: Waiter[];
}
export interface Waiter {
  readonly task: Task;
  /** Exclusive waiters are woken one at a time. */
  readonly exclusive: boolean;
}

export type TaskState = 'ready' | 'running' | 'interruptible' | 'uninterruptible' | 'zombie' | 'dead';

/** A guest thread (a Linux task). */
export interface Task {
  readonly tid: number;
  /** What threads share: one group a process. */
  readonly group: ThreadGroup;
  mm: Mm;
  name: string;
  state: TaskState;
  /** PPE hardware thread that it runs on. */
  cpu: number | undefined;
  /** User registers while it is off its CPU: a PPE state block (`ppe/registers.ts`). */
  readonly registers: Uint8Array;
  /** Kernel paths in flight, innermost last; empty in user mode. */
  readonly kernelStack: Frame[];
  waitingOn: WaitQueue | undefined;
  /** Set when a wait ended because a signal is pending; cleared when the next wait begins. */
  interrupted: boolean;
  /** Signals sent to this thread, and the mask of blocked ones. */
  readonly pending: PendingSignals;
  blocked: bigint;
  /** TIF_SIGPENDING: it has been told of a signal. One that is sent to the group is told to one thread alone. */
  toldOfSignal: boolean;
  /** Restored by the next signal delivery or sigreturn (sigsuspend, sigtimedwait). */
  savedBlocked: bigint | undefined;
  alternateStack: { base: number; size: number; flags: number };
  /** Linux priority 0-139, smaller is better; policy and nice as sched_setscheduler and setpriority set them. */
  priority: number;
  nice: number;
  policy: 'other' | 'fifo' | 'rr' | 'batch';
  realtimePriority: number;
  readonly share: CpuShare;
  /** The fault counters of the task (facts 2.2). */
  minFlt: number;
  majFlt: number;
  /** Cycles spent in user and kernel mode. */
  userCycles: number;
  systemCycles: number;
  clearChildTid: number;
  robustList: number;
  /** System call in progress, for restart and for the debugger; `restart` is the ERESTART code that it answered, or 0. */
  syscall: { readonly number: number; readonly args: readonly bigint[]; restart: number } | undefined;
  /** What restart_syscall goes on with. */
  restartBlock: RestartBlock | undefined;
  /** The SPE context that this task is running with spu_run. */
  runningContext: SpuContext | undefined;
  /** The last access that faulted without progress, to count its attempts. */
  lastFault: FailedAccess | undefined;
  exitCode: number;
}

export interface ThreadGroup {
  readonly tgid: number;
  /** Undefined for the program itself, and for processes whose parent has ended: theirs is outside. */
  parent: ThreadGroup | undefined;
  processGroup: number;
  session: number;
  readonly tasks: Task[];
  readonly pending: PendingSignals;
  handlers: SignalHandlers;
  /** Open files by descriptor. */
  files: Map<number, OpenFile>;
  /** Descriptors with FD_CLOEXEC. */
  closeOnExec: Set<number>;
  cwd: string;
  umask: number;
  /** Full path of the program and its argument list, for /proc. */
  executable: string;
  arguments: readonly string[];
  /** What its ended threads have used. */
  past: Usage;
  /** What its children had used that it has waited for. */
  childrenUsage: Usage;
  /** Resource limits that the program has changed, by RLIMIT number. */
  readonly limits: Map<number, ResourceLimit>;
  /** Signal that its end sends to the parent; 0 for none. */
  readonly exitSignal: number;
  /** ITIMER_REAL: next expiry and period in cycles; 0 = not armed. */
  realTimer: { expires: number; interval: number; id: number };
  /** What ended it: an exit status, or a signal. */
  exit: { kind: 'exit'; code: number } | { kind: 'signal'; signal: number } | undefined;
  /** The OOM killer has chosen it (TIF_MEMDIE of its threads). */
  oomVictim?: boolean;
  readonly childWait: WaitQueue;
  /** A vfork parent waits here until this group has ended or goes on with another program. */
  readonly vforkDone: WaitQueue;
}

/** One PPE hardware thread as the kernel sees it. */
export interface Cpu {
  readonly id: number;
  /** Its simulated time. */
  cycle: number;
  current: Task | undefined;
  needResched: boolean;
  /** Cycle at which the current task's time slice ends. */
  sliceEnd: number;
}

export interface Counters {
  pgfault: number;
  pgmajfault: number;
  slbMiss: number;
  hashRefill: number;
  mfcSlbMiss: number;
  mfcHashRefill: number;
}

export interface KernelState {
  /** Tasks by tid, in order of creation. */
  readonly tasks: Map<number, Task>;
  readonly cpus: readonly Cpu[];
  /** Tasks that are ready and not on a CPU, in the order in which they became ready. */
  readonly readyQueue: Task[];
  /** Due events, earliest first (`event.ts`). */
  readonly events: KernelEvent[];
  eventSequence: number;
  nextTid: number;
  readonly frames: FrameState;
  readonly mmu: MmuState;
  readonly files: FilesState;
  readonly spufs: SpufsState;
  readonly faults: FaultLog;
  /** Entries that the timeline has had (`timeline/log.ts`). */
  timelineEntries: number;
  readonly counters: Counters;
  /** Instructions completed. */
  readonly instructions: { ppe: number; spu: number };
  readonly futexes: FutexTable;
  /** State of the generator behind getrandom and AT_RANDOM: the same bytes in every run. */
  random: number;
  /** System calls that answered ENOSYS, each said once. */
  readonly unknownSyscalls: Set<number>;
  /** Exit of the first process: that of the program. */
  firstExit: ThreadGroup['exit'];
  /** The same as soon as the other processes have ended too. */
  exit: { kind: 'exit'; code: number } | { kind: 'signal'; signal: number } | undefined;
}
