/** SPE contexts, spufs and the SPE scheduler's data. Plain data. */
import type { Mm } from '../mm/state.ts';
import type { Task, WaitQueue } from '../state.ts';

export type SpuContextState = 'RUNNABLE' | 'SAVED';

/** A virtual SPE: the directory `/spu/NAME` (facts 3.1). */
export interface SpuContext {
  readonly id: number;
  /** `/spu/worker`. */
  readonly path: string;
  readonly name: string;
  /** RUNNABLE: bound to a physical SPE. SAVED: in memory. */
  state: SpuContextState;
  /** Physical SPE while bound. */
  spe: number | undefined;
  /** Address space that owns it; undefined once its directory descriptor is closed. */
  owner: Mm | undefined;
  readonly flags: number;
  /** Mappings and open files that hold it. */
  references: number;
  /** state_sema: readers and a writer, as facts 3.1. */
  readonly stateSema: { readers: number; writer: boolean; readonly queue: WaitQueue };
  readonly runSema: { held: boolean; readonly queue: WaitQueue };
  readonly stopQueue: WaitQueue;
  readonly runQueue: WaitQueue;
  readonly ibox: WaitQueue;
  readonly wbox: WaitQueue;
  readonly mfcQueue: WaitQueue;
  /** Thread inside spu_run. */
  runner: Task | undefined;
  priority: number;
  /** First frame of the 64 KiB-aligned local-store image of a SAVED context (256 KiB of RAM frames). */
  readonly localStoreFrame: number;
  /** The hardware state of a SAVED context; shape of `spe/` (see `spufs/saved.ts`). */
  saved: Uint8Array | undefined;
}

export interface SpufsState {
  /** By name, in order of creation. */
  readonly contexts: Map<string, SpuContext>;
  nextContext: number;
}
