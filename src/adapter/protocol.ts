/**
 * Refault's own requests, beside the Debug Adapter Protocol's: what the views of the
 * extension show. They answer in every state of the session, and after `terminated` until
 * `disconnect`, so that a view can keep what a program left behind.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Outcome } from '../sim/kernel/fault/state.ts';
import type { ProfileChoice } from '../sim/kernel/profile/lookup.ts';

export * from './faultProtocol.ts';

/** `refault/contexts`: every SPE context, in order of creation. No arguments. */
export const CONTEXTS_REQUEST = 'refault/contexts';
/** `refault/context`: everything of one SPE context that lives. */
export const CONTEXT_REQUEST = 'refault/context';
/** `refault/status`: the kernel that the program runs under and its time. No arguments; the answer is a `StatusResponse`. */
export const STATUS_REQUEST = 'refault/status';
/** `refault/stepInto`: what Step Into enters from now on. Arguments and answer are a `StepIntoBody`; without `into` it only answers. */
export const STEP_INTO_REQUEST = 'refault/stepInto';
/**
 * `refault/compare`: runs a program under several kernels, one after the other, and compares its faults. Arguments are
 * `CompareArguments`, the answer a `CompareResponse`. For a session without a program of its own; `disconnect` gives it up.
 */
export const COMPARE_REQUEST = 'refault/compare';
/** Event: the comparison goes on with another kernel. Its body is a `ComparingBody`. */
export const COMPARING_EVENT = 'refault/comparing';
/**
 * `refault/travelTo`: takes a stopped program to another moment of its history, of which a `stopped` event tells.
 * Arguments: `TravelToArguments`. There is no body in the answer.
 */
export const TRAVEL_REQUEST = 'refault/travelTo';
/** Event: whether the program is in the past. Its body is a `TimeBody`. It comes with every stop in the past, and when the present is reached again. */
export const TIME_EVENT = 'refault/time';
/** `refault/coverage`: which instructions of which source lines have run so far. No arguments; the answer is a `CoverageResponse`. */
export const COVERAGE_REQUEST = 'refault/coverage';
/** `refault/faultTable`: the newest faults as lines of text, as `refault run` prints them. No arguments; the answer is a `FaultTableResponse`. */
export const FAULT_TABLE_REQUEST = 'refault/faultTable';
/** `refault/input`: gives the program standard input. Arguments are an `InputArguments`; there is no body in the answer. */
export const INPUT_REQUEST = 'refault/input';
/** `refault/wantsInput`: whether a program that stands still waits for standard input. No arguments; the answer is a `WantsInputResponse`. */
export const WANTS_INPUT_REQUEST = 'refault/wantsInput';
/** Event: there is something new to ask for. Its body is a `ChangedBody`. It comes with every stop, and while the program runs a few times a second at most. */
export const CHANGED_EVENT = 'refault/changed';

export interface FaultTableResponse {
  /** Of at most a thousand faults, oldest first. */
  readonly lines: readonly string[];
  /** Faults of the run before these. */
  readonly leftOut: number;
}

export interface WantsInputResponse {
  readonly wanted: boolean;
}

export interface InputArguments {
  /** As it was typed, line ends included; without it the input ends. */
  readonly text?: string;
}

export interface CoverageResponse {
  /** Files with code, in order of their names; `lines` ascending. */
  readonly files: readonly FileLinesCovered[];
}

export interface FileLinesCovered {
  readonly source: DebugProtocol.Source;
  readonly lines: readonly LineCovered[];
}

export interface LineCovered {
  readonly line: number;
  /** Instructions that come from the line, in all programs that have it, and how many of them ran. */
  readonly instructions: number;
  readonly ran: number;
}

export interface ChangedBody {
  readonly faults: boolean;
  readonly contexts: boolean;
}

/** One of them; without any the program goes to the present. */
export interface TravelToArguments {
  /** `id` of a fault record: the moment at which the fault was decided and had no effect yet. */
  readonly fault?: number;
  /** A cycle that has been. */
  readonly cycle?: number;
}

export interface TimeBody {
  readonly isPast: boolean;
  /** Where the program is, and where the past ends. */
  readonly cycle: number;
  readonly present: number;
}

export interface StepIntoBody {
  readonly into: 'user' | 'kernel';
}

export interface RegisterFormat {
  readonly lanes: 'bytes' | 'halfwords' | 'words' | 'doublewords' | 'float' | 'double';
  /** Else hexadecimal; floats are decimal anyway. */
  readonly decimal: boolean;
}

export interface ContextArguments extends RegisterFormat {
  /** Path below `/spu`: `worker`. */
  readonly name: string;
}

/** What `refault/contexts` leaves out of a row, because it is much. */
export interface ContextDetails {
  /** `memoryReference`: where in the local store its preferred slot points. */
  readonly registers: readonly { readonly name: string; readonly value: string; readonly memoryReference?: string }[];
  readonly channels: readonly { readonly name: string; readonly number: number; readonly count: number }[];
  /** The queues with the columns of GDB's `info spu dma` and `info spu proxydma`. */
  readonly dma: QueueTable;
  readonly proxyDma: QueueTable;
  readonly events: { readonly pending: number; readonly mask: number };
  readonly decrementer: { readonly value: number; readonly isRunning: boolean };
  readonly schedule: {
    readonly priority: number;
    readonly policy: string;
    /** Ticks. */
    readonly timeSlice: number;
    readonly voluntarySwitches: number;
    readonly involuntarySwitches: number;
  };
  readonly localStore: string;
  readonly mapped: readonly ContextMapping[];
  /** Around the next instruction. */
  readonly code: readonly { readonly address: string; readonly instruction: string; readonly isNext: boolean; readonly symbol?: string }[];
}

export interface QueueTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A file of the context in an address space. */
export interface ContextMapping {
  readonly name: string;
  readonly task: number;
  readonly start: string;
  readonly end: string;
  readonly pages: number;
  /** Pages with a valid PTE. */
  readonly valid: readonly string[];
  readonly memoryReference: string;
}

export interface StatusResponse {
  /** The kernel as people name it, and as the launch configuration did, where it did. */
  readonly kernel: string;
  readonly choice?: ProfileChoice;
  /** Simulated time so far. */
  readonly cycle: number;
  readonly cyclesPerSecond: number;
}

export interface CompareArguments {
  /** Launch arguments; their `kernel` is not looked at. */
  readonly launch: object;
  /** Each as in `kernel` of the launch arguments. */
  readonly kernels: readonly (string | object)[];
  /** Runs each kernel under each of these retry policies. */
  readonly policies?: readonly string[];
  /** Simulated cycles after which a run is ended; left out for no limit. */
  readonly maxCycles?: number;
  /** Width that tables should fit into; 120 where it is left out. */
  readonly columns?: number;
}

export interface ComparingBody {
  readonly kernel: string;
  /** Its place among the kernels, from 1. */
  readonly number: number;
  readonly of: number;
}

export interface CompareResponse {
  /** The comparison as text for a fixed-width font. */
  readonly lines: readonly string[];
  /** Source lines that the text names: `retry.s:31`. */
  readonly places: readonly ComparedPlace[];
  /** What the machine had to say of the runs: `2.6.21: Livelock: ...`. */
  readonly notices: readonly string[];
}

export interface ComparedPlace {
  readonly text: string;
  readonly source: DebugProtocol.Source;
  readonly line: number;
}

export interface ContextsResponse {
  readonly contexts: readonly ContextRow[];
}

/** One SPE context. Addresses and register values are numbers; texts are in the words of the hardware manuals. */
export interface ContextRow {
  /** Path below `/spu`: `worker`. */
  readonly name: string;
  /** The debugger's thread of this context, where it has one. */
  readonly threadId?: number;
  /** RUNNABLE: bound to a physical SPE. SAVED: in memory. DESTROYED: gone, only its faults are left. */
  readonly state: 'RUNNABLE' | 'SAVED' | 'DESTROYED';
  /** Physical SPE that it is bound to. */
  readonly spe?: number;
  /** Place in the queue for a physical SPE, from 1. */
  readonly queuePlace?: number;
  /** Simulated cycles that it has waited for a physical SPE so far, and the longest of these waits; left out while it has not. */
  readonly waited?: number;
  readonly longestWait?: number;
  /** Next SPU instruction: local-store address, symbol with offset, and source where known. */
  readonly npc: number;
  readonly symbol?: string;
  readonly source?: DebugProtocol.Source;
  readonly line?: number;
  /** SPU_Status, as a number and in words: `running`, `stopped by stop and signal 0x2000`. */
  readonly status: number;
  readonly statusText: string;
  readonly mailboxes: {
    /** Entries waiting, oldest first. */
    readonly inbound: readonly number[];
    readonly outbound: readonly number[];
    readonly outboundInterrupt: readonly number[];
  };
  readonly signals: readonly SignalNotification[];
  readonly tagGroups: {
    /** Bit n: tag group n. */
    readonly queryMask: number;
    /** Groups with commands that have not completed. */
    readonly outstanding: number;
    /** What the SPU waits for: `any`, `all`, `immediate`, or nothing. */
    readonly update?: 'any' | 'all' | 'immediate';
  };
  readonly mfcQueue: readonly MfcCommand[];
  /** Commands that the PPE put into the proxy queue. */
  readonly proxyQueue: readonly MfcCommand[];
  /** Tasks that wait for this context: in spu_run, in a fault, for a mailbox. */
  readonly waiters: readonly Waiter[];
  /** Faults of this context's DMA and of mappings of its files, by outcome; outcomes that never happened are absent. */
  readonly faults: Readonly<Partial<Record<Outcome, number>>>;
}

export interface SignalNotification {
  readonly name: 'signal1' | 'signal2';
  /** The pending value; absent where nothing is pending. */
  readonly value?: number;
  readonly mode: 'overwrite' | 'or';
}

export interface MfcCommand {
  /** `get`, `putb`, `getlf`. */
  readonly command: string;
  readonly tag: number;
  /** Local-store address, effective address (`0x...`) and size in bytes: of a list, those of its current element. */
  readonly localStore: number;
  readonly ea: string;
  readonly size: number;
  /** Bytes of those that have moved. */
  readonly moved: number;
  /** For a list: local-store address and number of the elements that come after the current one. */
  readonly list?: { readonly address: number; readonly elements: number };
  /** Why it does not proceed: `page fault`, `fence`. */
  readonly stalled?: string;
}

export interface Waiter {
  readonly task: number;
  readonly name: string;
  /** What for: `run_wq of /spu/worker`. */
  readonly reason: string;
}
