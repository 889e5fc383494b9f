/** Fault records: what became of each page fault (the debugger's main subject). */

export type Outcome = 'SIGBUS' | 'OOM' | 'MINOR' | 'MAJOR' | 'RETRY' | 'SIGSEGV';
export type Access = 'read' | 'write' | 'execute';
/** `ppe`: a user instruction; `mfc`: an SPE's DMA; `kernel`: a kernel access to user memory. */
export type FaultOrigin = 'ppe' | 'mfc' | 'kernel';
export type HandlerAnswer =
  | 'none' | 'page' | 'NOPAGE_SIGBUS' | 'NOPAGE_OOM' | 'NOPAGE_RETRY' | 'NOPAGE_REFAULT'
  | 'NOPFN_SIGBUS' | 'NOPFN_OOM' | 'NOPFN_REFAULT' | 'VM_FAULT_SIGBUS' | 'VM_FAULT_OOM' | 'VM_FAULT_NOPAGE';
/** Who installed a PTE. */
export type PteInstaller = 'core' | 'handler' | 'nobody';
/** Counters that a fault raises; the first two belong to the task, the others to the machine. */
export type FaultCounter = 'min_flt' | 'maj_flt' | 'pgfault' | 'pgmajfault';

/** One page fault, complete. Cycles are simulated time. */
export interface FaultRecord {
  /** Its place in the log, counted from 0; -1 until it is decided. */
  id: number;
  cycle: number;
  /** How many times this access has faulted in a row, from 1; the fault that it repeats. */
  attempt: number;
  retryOf: number | undefined;
  origin: FaultOrigin;
  task: number;
  /** Name of the SPE context and number of the physical SPE, where they apply. */
  context: string | undefined;
  spe: number | undefined;
  /**
   * Address of the instruction: the PPE's; for `mfc` the local-store address of the one that entered
   * the command, or for a command from the PPE where the SPU is.
   */
  pc: number;
  /** MFC command name, for `mfc`: `get`, `putf`. */
  command: string | undefined;
  /** Its tag. */
  tag: number | undefined;
  ea: bigint;
  access: Access;
  mapping: string;
  handler: string;
  handlerAnswer: HandlerAnswer;
  /** The core's answer by name and by number under the profile; undefined where no core was asked (SIGSEGV). */
  coreAnswer: CoreAnswer | undefined;
  outcome: Outcome;
  waited: number;
  /** Signal number that ended the wait. */
  interruptedBy: number | undefined;
  effect: FaultEffect;
  /** Steps taken: path name and step index, in order. */
  trail: TrailStep[];
}

export interface CoreAnswer {
  readonly name: string;
  readonly value: number;
}

export interface FaultEffect {
  pte: PteInstaller;
  signal: { number: number; code: number; address: bigint } | undefined;
  killed: 'thread' | 'group' | undefined;
  /** Counters that went up. */
  counters: FaultCounter[];
}

export interface TrailStep {
  readonly path: string;
  readonly step: number;
}

/**
 * A fault that kernel paths are working on. Every path that works on it has it in its locals
 * as `fault`, so that the steps taken end up in the record's trail.
 */
export interface FaultInFlight {
  readonly record: FaultRecord;
  /** Cycle at which its present wait began. */
  sleepingSince: number | undefined;
  /** A signal may end its waits for what it needs. */
  readonly interruptible: boolean;
}

/**
 * An access that faulted and made no progress: when it faults again, that is one more attempt.
 * `earlier` is the one that a signal handler interrupted, so that its attempts go on after sigreturn.
 */
export interface FailedAccess {
  readonly id: number;
  readonly pc: number;
  readonly ea: bigint;
  readonly attempt: number;
  readonly earlier: FailedAccess | undefined;
}

/**
 * The log: records in compact columns, in chunks of a fixed size so that it grows evenly.
 * Texts and trails are kept once each. Read and written through `fault/log.ts` only.
 */
export interface FaultLog {
  count: number;
  readonly chunks: FaultChunk[];
  readonly texts: string[];
  readonly textIndex: Map<string, number>;
  /** Each distinct trail once, as text: `path:step,step;path:step`. */
  readonly trails: string[];
  readonly trailIndex: Map<string, number>;
  /** Some trails of late, so that a fault like those before it costs little; the oldest first. */
  readonly recent: { readonly trail: readonly TrailStep[]; readonly index: number }[];
}

/** Columns of one chunk. Texts are indices; -1 or a zero says "none" where a field may be undefined. */
export interface FaultChunk {
  /** How often a record of it was written. */
  writes: number;
  readonly cycle: Float64Array;
  readonly waited: Float64Array;
  readonly pc: Float64Array;
  readonly ea: BigUint64Array;
  readonly signalAddress: BigUint64Array;
  readonly attempt: Uint32Array;
  readonly retryOf: Int32Array;
  readonly task: Int32Array;
  readonly context: Int32Array;
  readonly command: Int32Array;
  readonly mapping: Int32Array;
  readonly handler: Int32Array;
  readonly coreName: Int32Array;
  readonly coreValue: Int32Array;
  readonly signalCode: Int32Array;
  readonly trail: Int32Array;
  readonly spe: Int16Array;
  readonly tag: Int8Array;
  readonly interruptedBy: Uint8Array;
  readonly signalNumber: Uint8Array;
  /** Indices into the lists of `log.ts`. */
  readonly origin: Uint8Array;
  readonly access: Uint8Array;
  readonly answer: Uint8Array;
  readonly outcome: Uint8Array;
  readonly pte: Uint8Array;
  readonly killed: Uint8Array;
  /** One bit a counter. */
  readonly counters: Uint8Array;
}
