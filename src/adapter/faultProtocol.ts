/** Refault's requests about page faults. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { JsonValue } from '../sim/kernel/fault/json.ts';
import type { OutcomeRun } from '../sim/kernel/fault/placeOutcomes.ts';
import type { FaultGrouping } from '../sim/kernel/fault/groups.ts';
import type { Access, FaultOrigin, HandlerAnswer, Outcome, TrailStep } from '../sim/kernel/fault/state.ts';

/** `refault/faults`: a page of the fault records, newest first. */
export const FAULTS_REQUEST = 'refault/faults';
/** `refault/faultGroups`: a page of the groups that the faults fall into, the one with the newest fault first. */
export const FAULT_GROUPS_REQUEST = 'refault/faultGroups';
/** `refault/faultRecords`: fault records as `refault run --json` writes them, oldest first, a page at a time: new faults do not move the pages. */
export const FAULT_RECORDS_REQUEST = 'refault/faultRecords';

/** `refault/faultLines`: the source lines that faulted, with their outcomes in the order of time. No arguments; the answer is a `FaultLinesResponse`. */
export const FAULT_LINES_REQUEST = 'refault/faultLines';

/** Each member narrows; of a list one item has to suit. */
export interface FaultFilter {
  readonly outcomes?: readonly Outcome[];
  /** Thread ids of the guest. */
  readonly tasks?: readonly number[];
  /** As rows name them: `/tmp/data`, `[anon]`. */
  readonly mappings?: readonly string[];
  /** An instruction of the PPE, or with the name of an SPE context one that its DMA faulted at: `0x10000100`. */
  readonly instruction?: { readonly pc: string; readonly context?: string };
}

interface NarrowedFaults {
  /** Only the faults of this thread of the debugger. */
  readonly threadId?: number;
  readonly filter?: FaultFilter;
}

export interface FaultsArguments extends NarrowedFaults {
  /** Rows to skip, counted from the newest. */
  readonly start: number;
  /** Most rows wanted; the answer has fewer at the end of the list and never more than 1000. */
  readonly count: number;
  /** Rows with their trails. */
  readonly trails?: boolean;
}

export interface FaultsResponse {
  /** Faults in all that suit. */
  readonly total: number;
  readonly faults: readonly FaultRow[];
}

export interface FaultGroupsArguments extends NarrowedFaults {
  readonly groupBy: FaultGrouping;
  /** Groups to skip, and most groups wanted: as for faults. */
  readonly start: number;
  readonly count: number;
}

export interface FaultGroupsResponse {
  /** Groups in all. */
  readonly total: number;
  readonly groups: readonly FaultGroupRow[];
}

/** Faults that have their instruction, their mapping or their task in common. */
export interface FaultGroupRow {
  /** Its newest fault, which says what the group has in common. */
  readonly newest: FaultRow;
  readonly faults: number;
  /** Faults by outcome; outcomes that it does not have are absent. */
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** What its faults have in common, and only they: to be asked for beside what the groups were asked for with. */
  readonly filter: FaultFilter;
}

export interface FaultRecordsArguments extends NarrowedFaults {
  /** Id of the first fault that may be in the page, and most records wanted, never more than 1000. */
  readonly from: number;
  readonly count: number;
}

export interface FaultRecordsResponse {
  /** With the names and forms of `docs/commandline.md`. */
  readonly records: readonly Readonly<Record<string, JsonValue>>[];
  /** Where the next page begins; absent at the end. */
  readonly next?: number;
}

export interface FaultLinesResponse {
  /** Lines that faulted in all; the answer has the thousand that faulted last. */
  readonly total: number;
  readonly files: readonly FileFaultLines[];
}

export interface FileFaultLines {
  readonly source: DebugProtocol.Source;
  /** Ascending. */
  readonly lines: readonly FaultLine[];
}

/** The faults of all instructions of a line. */
export interface FaultLine {
  readonly line: number;
  readonly faults: number;
  /** Faults one after the other that ended alike are one run. The latest runs, the oldest of them first; where they have less than `faults`, there were others before. */
  readonly latest: readonly OutcomeRun[];
  /** Its newest faults, newest first. */
  readonly newest: readonly FaultRow[];
}

/** A fault record for people: addresses are `0x...` strings, numbers of signals are names. */
export interface FaultRow {
  readonly id: number;
  readonly cycle: number;
  readonly outcome: Outcome;
  readonly attempt: number;
  readonly retryOf?: number;
  /** The same access has been made very often, and nothing has changed. */
  readonly livelock?: true;
  readonly origin: FaultOrigin;
  /** The task (`3 retry`), and the SPE context and physical SPE where they apply. */
  readonly task: string;
  readonly context?: string;
  readonly spe?: number;
  readonly pc: string;
  /** Symbol with offset: `main+0x24`. */
  readonly symbol?: string;
  readonly source?: DebugProtocol.Source;
  readonly line?: number;
  /** MFC command, for `mfc`. */
  readonly command?: string;
  readonly ea: string;
  readonly access: Access;
  readonly mapping: string;
  readonly handler: string;
  readonly handlerAnswer: HandlerAnswer;
  /** By name and number: `VM_FAULT_MINOR = 2`. */
  readonly coreAnswer?: string;
  /** Cycles spent waiting, and the name of the signal that ended the wait. */
  readonly waited: number;
  readonly interruptedBy?: string;
  readonly pte: 'core' | 'handler' | 'nobody';
  /** The signal that the fault sent: `SIGBUS (BUS_ADRERR)`. */
  readonly signal?: string;
  readonly killed?: 'thread' | 'group';
  /** Kernel steps taken, in order; only where they were asked for. */
  readonly trail?: readonly TrailStep[];
}
