/** SPE contexts, spufs and the SPE scheduler's data. Plain data. */
import type { SavedContext } from '../../spe/context.ts';
import type { Inode } from '../files/state.ts';
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
  readonly stateSema: RwSemaphore;
  /** The reaper waits to take state_sema for writing. */
  reaperWaits: boolean;
  /** run_sema: the thread inside spu_run holds it. */
  readonly runSema: { holder: Task | undefined; readonly queue: WaitQueue };
  /** spu_run waits here for stops and interrupts. */
  readonly stopQueue: WaitQueue;
  readonly iboxQueue: WaitQueue;
  readonly wboxQueue: WaitQueue;
  readonly mfcQueue: WaitQueue;
  /** Thread inside spu_run. */
  runner: Task | undefined;
  /** First frame of its local-store image: 256 KiB of RAM, aligned to 64 KiB. */
  readonly imageFrame: number;
  /** Everything of the SPE but its local store, while SAVED. */
  saved: SavedContext | undefined;
  /** Page faults of its mappings and its DMA, by outcome. */
  readonly faults: Record<Outcome, number>;
  /** Files of its directory that have been mapped. */
  readonly mapped: Set<Inode>;
  /** The one opener of its `mfc` file. */
  mfcOpen: boolean;
  /** Tags that the `mfc` file's reader waits for. */
  tagWait: number;
}

/** A physical SPE as the 2.6.18 scheduler sees it (facts 4.1). */
export interface SpeSlot {
  readonly spe: number;
  context: SpuContext | undefined;
  /** Priority of whoever activated it; MAX_PRIO when it is only lazily bound. */
  priority: number;
  /** Cycle at which the context was bound: its shortest slice counts from here. */
  timestamp: number;
  /** The reaper is on its way. */
  marked: boolean;
}

/** spu_runqueue of 2.6.18. */
export interface SpuRunQueue {
  /** Idle SPEs in the order in which they became idle, active ones in the order in which they got their contexts. */
  readonly idle: number[];
  readonly active: number[];
  /** Who sleeps until an SPE becomes idle, by Linux priority. */
  readonly waiting: Map<number, WaitQueue>;
  /** The bits of the priorities: how many tasks keep each set. */
  readonly bitmap: Map<number, number>;
  /** nr_blocked: tasks that sleep, or were woken and have not run since. */
  blocked: number;
  switches: number;
}

/** What is remembered of a context that is gone. */
export type EndedContext = Pick<SpuContext, 'name' | 'faults'>;

export interface SpufsState {
  /** Contexts that are gone, in the order of their end. */
  readonly ended: EndedContext[];
  /** By name, in order of creation. */
  readonly contexts: Map<string, SpuContext>;
  nextContext: number;
  readonly slots: readonly SpeSlot[];
  readonly runQueue: SpuRunQueue;
}
