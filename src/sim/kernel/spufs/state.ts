/** SPE contexts, spufs and the SPE scheduler's data. Plain data. */
import type { SavedContext } from '../../spe/context.ts';
import type { Inode, OpenFile } from '../files/state.ts';
import type { Mm } from '../mm/state.ts';
import type { Outcome } from '../fault/state.ts';
import type { RwSemaphore } from '../rwsem.ts';
import type { Task, WaitQueue } from '../state.ts';

/** RUNNABLE: bound to a physical SPE. SAVED: in memory (facts 3.1). */
export type SpuContextState = 'RUNNABLE' | 'SAVED';

/** A virtual SPE: the directory `/spu/NAME`. */
export interface SpuContext {
  readonly id: number;
  /** Name of its directory; ` (closed)` is added once that has gone and another context has taken the name. */
  name: string;
  /** `/spu/worker`. */
  readonly path: string;
  /** Directory that its own is in: `/spu`. */
  readonly root: Inode;
  state: SpuContextState;
  /** Physical SPE while bound. */
  spe: number | undefined;
  /** Address space that owns it; undefined once its directory descriptor is closed. */
  owner: Mm | undefined;
  readonly flags: number;
  /** The directory descriptor, open files and mappings that hold it. */
  references: number;
  /** state_sema, from 2.6.21 on state_mutex. */
  readonly stateSema: RwSemaphore;
  /** What the scheduler does as soon as nobody holds the state lock. */
  readonly deferred: DeferredWork[];
  /** run_sema: the thread inside spu_run holds it. */
  readonly runSema: { holder: Task | undefined; readonly queue: WaitQueue };
  /** stop_wq: spu_run waits here for stops and interrupts, and from 2.6.21 to 2.6.24 whoever waits for an SPE. */
  readonly stopQueue: WaitQueue;
  /** run_wq: who waits until the scheduler has put the context on an SPE, from 2.6.25 on. */
  readonly boundQueue: WaitQueue;
  readonly iboxQueue: WaitQueue;
  readonly wboxQueue: WaitQueue;
  readonly mfcQueue: WaitQueue;
  /** Thread inside spu_run. */
  runner: Task | undefined;
  readonly schedule: ContextSchedule;
  readonly gang: SpuGang | undefined;
  readonly affinity: Affinity;
  /** What a library has written to `object-id`. */
  objectId: bigint;
  /** Errors that spu_run reports instead of signals: SPE_EVENT_ bits (facts 3.7). */
  eventReturn: number;
  readonly statistics: ContextStatistics;
  /** Instructions that it has completed. */
  executed: number;
  /** First frame of its local-store image: 256 KiB of RAM, aligned to 64 KiB. */
  readonly imageFrame: number;
  /** The kernel has written to the image, so that the cache may have newer bytes than memory; whether the debug console has heard of an access past the cache. */
  imageInCache?: 'written' | 'told';
  /** Everything of the SPE but its local store, while SAVED. */
  saved: SavedContext | undefined;
  /** What its save area still holds while it is on an SPE: the state of the last save. Only 2.6.18 ever looks at it again (facts 4.1). */
  lastSaved?: SavedContext | undefined;
  /** Page faults of its mappings and its DMA, by outcome. */
  readonly faults: Record<Outcome, number>;
  /** Files of its directory that have been mapped. */
  readonly mapped: Set<Inode>;
  /** Lines of `switch_log` that nobody has read; undefined while it is not open. */
  switchLog: string[] | undefined;
  readonly switchLogQueue: WaitQueue;
  /** Open files with O_ASYNC. */
  readonly asyncFiles: Set<OpenFile>;
  /** The one opener of its `mfc` file. */
  mfcOpen: boolean;
  /** Tags that the `mfc` file's reader waits for. */
  tagWait: number;
}

/** Work that the scheduler has put off because somebody held the context's state lock. */
export type DeferredWork =
  | { readonly kind: 'reap' | 'tick' }
  /** The SPE is kept free for it. */
  | { readonly kind: 'bind'; readonly spe: number };

/** How a context takes its turns. */
export interface ContextSchedule {
  /** Priority and policy with which it waits, from 2.6.21 on: of the thread that made it, or last ran it. */
  priority: number;
  policy: Task['policy'];
  /** `tid`: the thread that it has these from; 0 before 2.6.23. */
  tid: number;
  /** Ticks that are left of its time slice (facts 4.4). */
  timeSlice: number;
  /** SPU_SCHED_SPU_RUN: a thread is inside spu_run for it. */
  inSpuRun: boolean;
  /** SPU_SCHED_WAS_ACTIVE: a file took it off its SPE and is to give it one again. */
  wasActive: boolean;
  /** Time that it was wanted and had no SPE. */
  readonly waiting: {
    /** Threads and queues that wait for it to get an SPE. */
    wanted: number;
    /** Cycle from which it has waited; undefined while it does not. */
    since: number | undefined;
    /** Cycles of waits that are over, and of the longest of them. */
    total: number;
    longest: number;
  };
}

/** The numbers of the file `stat`, beside the times (facts 3.2). */
export interface ContextStatistics {
  voluntarySwitches: number;
  involuntarySwitches: number;
  slbFaults: number;
  hashFaults: number;
  minorFaults: number;
  majorFaults: number;
  class2Interrupts: number;
  libraryCalls: number;
  /** Cycles on an SPE with the SPU running for spu_run, with its thread in the kernel, and loaded only. */
  readonly times: Record<Utilization, number>;
  utilization: Utilization;
  utilizationSince: number;
}

/** util_state: what the controlling thread makes of the context. */
export type Utilization = 'user' | 'system' | 'iowait' | 'loaded';

/** A directory that groups contexts (facts 3.1, 4.7). */
export interface SpuGang {
  readonly path: string;
  readonly contexts: SpuContext[];
  /** The contexts with a place next to each other, in that order. */
  readonly chain: SpuContext[];
  /** The context that the places of the others count from. */
  reference: SpuContext | undefined;
  /** Where the reference context is to be, while any of the chain is placed. */
  referenceSpe: number | undefined;
  /** Contexts of the chain that are on their SPEs. */
  placed: number;
  /** AFF_MERGED: it has been scheduled, and takes no more contexts with a place. */
  merged: boolean;
}

export interface Affinity {
  /** aff_head: first of a run of neighbours. */
  head: boolean;
  /** Distance from the reference context, along the ring of SPEs. */
  offset: number;
}

/** A physical SPE as the schedulers see it (facts 4). */
export interface SpeSlot {
  readonly spe: number;
  context: SpuContext | undefined;
  /** Priority of whoever activated it; MAX_PRIO when it is only lazily bound. */
  priority: number;
  /** Cycle at which the context was bound: its shortest slice counts from here. */
  timestamp: number;
  /** The reaper is on its way. */
  marked: boolean;
  /** Cycle at which a context of SCHED_RR is looked at, in 2.6.21. */
  tickAt: number | undefined;
}

/** spu_runqueue of 2.6.18, and what came after it. */
export interface SpuRunQueue {
  /** Idle SPEs in the order in which they became idle, active ones in the order in which they got their contexts. */
  readonly idle: number[];
  readonly active: number[];
  /** Contexts that wait for an SPE, from 2.6.21 on: by priority, and of one priority in their order. */
  readonly contexts: SpuContext[];
  /** Cycle of the scheduler's next tick; undefined while nobody waits. */
  tickAt: number | undefined;
  /** Who sleeps until an SPE becomes idle, by Linux priority: up to 2.6.20. */
  readonly waiting: Map<number, WaitQueue>;
  /** The bits of the priorities: how many tasks keep each set. */
  readonly bitmap: Map<number, number>;
  /** nr_blocked: tasks that sleep, or were woken and have not run since. */
  blocked: number;
  switches: number;
}

/** What is remembered of a context that is gone. */
export interface EndedContext extends Pick<SpuContext, 'name' | 'faults'> {
  /** Cycles that it waited for an SPE. */
  readonly waited: number;
}

export interface SpufsState {
  /** Contexts that are gone, in the order of their end. */
  readonly ended: EndedContext[];
  /** By name, in order of creation. */
  readonly contexts: Map<string, SpuContext>;
  nextContext: number;
  readonly slots: readonly SpeSlot[];
  readonly runQueue: SpuRunQueue;
}
