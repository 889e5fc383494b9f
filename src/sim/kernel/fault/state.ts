/** Fault records: what became of each page fault (the debugger's main subject). */

export type Outcome = 'SIGBUS' | 'OOM' | 'MINOR' | 'MAJOR' | 'RETRY' | 'SIGSEGV';
export type Access = 'read' | 'write' | 'execute';
/** `ppe`: a user instruction; `mfc`: an SPE's DMA; `kernel`: a kernel access to user memory. */
export type FaultOrigin = 'ppe' | 'mfc' | 'kernel';
export type HandlerAnswer =
  | 'none' | 'page' | 'NOPAGE_SIGBUS' | 'NOPAGE_OOM' | 'NOPAGE_RETRY'
  | 'NOPFN_SIGBUS' | 'NOPFN_OOM' | 'NOPFN_REFAULT' | 'VM_FAULT_SIGBUS' | 'VM_FAULT_OOM' | 'VM_FAULT_NOPAGE';

/** One page fault, complete. Cycles are simulated time. */
export interface FaultRecord {
  readonly id: number;
  cycle: number;
  /** How many times this access has faulted in a row, from 1; the fault that it repeats. */
  attempt: number;
  retryOf: number | undefined;
  origin: FaultOrigin;
  task: number;
  /** Name of the SPE context and number of the physical SPE, where they apply. */
  context: string | undefined;
  spe: number | undefined;
  /** Address of the instruction: the PPE's, or for `mfc` the SPU's local-store address. */
  pc: number;
  /** MFC command name, for `mfc`: `get`, `putf`. */
  command: string | undefined;
  ea: bigint;
  access: Access;
  mapping: string;
  handler: string;
  handlerAnswer: HandlerAnswer;
  /** The core's answer by name and by number under the profile; undefined where no core was asked (SIGSEGV). */
  coreAnswer: { name: string; value: number } | undefined;
  outcome: Outcome;
  waited: number;
  /** Signal number that ended the wait. */
  interruptedBy: number | undefined;
  effect: FaultEffect;
  /** Steps taken: path name and step index, in order. */
  trail: TrailStep[];
}

export interface FaultEffect {
  /** Who installed a PTE. */
  pte: 'core' | 'handler' | 'nobody';
  signal: { number: number; code: number; address: bigint } | undefined;
  killed: 'thread' | 'group' | undefined;
  /** Counters that went up, by name: `min_flt`, `maj_flt`, `pgfault`, `pgmajfault`. */
  counters: string[];
}

export interface TrailStep {
  readonly path: string;
  readonly step: number;
}

/**
 * The log: records in compact columns (typed arrays that grow by doubling, texts as indices
 * into `texts`). Read and written through `fault/log.ts` only.
 */
export interface FaultLog {
  count: number;
  columns: Record<string, Float64Array>;
  readonly texts: string[];
  readonly textIndex: Map<string, number>;
  /** Trails end to end; each distinct trail is kept once. */
  readonly trails: string[];
  readonly trailIndex: Map<string, number>;
}
