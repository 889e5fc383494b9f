/**
 * The hardware state of an SPE beside its registers and local store: plain data that
 * `structuredClone` copies. A saved context holds the same shape (facts 3.1).
 */

/** Depths of the mailboxes (facts 6.3). */
export interface Mailboxes {
  /** PPE to SPU, up to four words, oldest first. */
  readonly inbound: number[];
  /** SPU to PPE, up to one word. */
  readonly outbound: number[];
  /** SPU to PPE with an interrupt, up to one word. */
  readonly outboundInterrupt: number[];
}

export interface SignalRegister {
  value: number;
  /** Written since the SPU last read it: the channel count. */
  pending: boolean;
  /** Writes are combined by OR; otherwise the last one counts. */
  orMode: boolean;
}

/** Counts down by one a cycle from `value` at cycle `since`, while it runs. */
export interface Decrementer {
  value: number;
  since: number;
  running: boolean;
  /** Cycle of the next event: it goes from 0 to 0xffffffff. */
  expires: number;
}

/** SPU events (facts 6.3, bits of channels 0 to 2). */
export interface Events {
  pending: number;
  mask: number;
  /** Count of SPU_RdEventStat. */
  count: 0 | 1;
}

/** When a tag-group status becomes readable (MFC_WrTagUpdate). */
export type TagUpdate = 'immediate' | 'any' | 'all';

export interface TagStatus {
  mask: number;
  /** An update that waits for its condition. */
  request: TagUpdate | undefined;
  /** What MFC_RdTagStat will read, once it can be read. */
  status: number | undefined;
}

/** Parameters of the next command, kept from command to command. */
export interface CommandParameters {
  lsa: number;
  eaHigh: number;
  eaLow: number;
  size: number;
  tag: number;
}

/** Why a command does not go on. */
export type CommandError = 'alignment' | 'invalid';

/** One element of a list as the MFC read it: what it moves, and whether the list stalls after it. */
export interface ListElement {
  readonly lsa: number;
  readonly eaLow: number;
  readonly size: number;
  readonly stalls: boolean;
}

/** How far a list command has come. */
export interface ListProgress {
  /** Local-store address of the next element, and bytes of the list from there on. */
  address: number;
  bytes: number;
  /** Where the next element's data begin in the local store. */
  lsa: number;
  /** The element that moves, or after which the list is stalled; undefined in a list without elements. */
  element: ListElement | undefined;
  /** Waits for MFC_WrListStallAck. */
  stalled: boolean;
}

/** A command in an MFC queue. Those for a lock line have the line's addresses and size. */
export interface MfcCommand extends Readonly<CommandParameters> {
  /** Rises with every command of this SPE: the order of entry. */
  readonly id: number;
  /** Local-store address of the instruction that entered it; undefined for one from the PPE. */
  readonly pc: number | undefined;
  readonly opcode: number;
  /** Replacement and transfer class, as written. */
  readonly classes: number;
  /** Cycle at which it was queued. */
  readonly enteredAt: number;
  /** Cycle from which its first block may move. */
  readyAt: number;
  /** Found when it was entered, or in an element of its list; the command stays in its queue and holds it up. */
  error: CommandError | undefined;
  /** Bytes moved so far; of the current element, where there is a list. */
  transferred: number;
  /** When its next block may move, among those of other commands: the lowest goes first. */
  turn: number;
  readonly list: ListProgress | undefined;
}

/** `atomic` holds the one lock-line command that is under way: those of the SPU wait for no other (facts 6.2). */
export type QueueName = 'spu' | 'proxy' | 'atomic';

export interface MfcQueue {
  readonly commands: MfcCommand[];
  /** A translation fault or a bad command stopped it until MFC_CNTL restarts it. */
  stopped: boolean;
  /** Cycle from which its blocks may move: when it was last restarted. */
  openFrom: number;
}

/** Its SLB belongs to the MMU (`mmu/state.ts`). */
export interface Mfc {
  readonly parameters: CommandParameters;
  readonly proxyParameters: CommandParameters;
  readonly queues: Readonly<Record<QueueName, MfcQueue>>;
  nextId: number;
  nextTurn: number;
  /** Cycle at which the last block was done: blocks move one after the other. */
  busFreeAt: number;
  /** Cycle of the next step, while there is one. */
  nextStep: number | undefined;
  /** Processing of the queues is suspended (MFC_CNTL). */
  suspended: boolean;
  /** Id of the command whose class 1 fault waits for a restart; DAR and DSISR tell of the last such fault. */
  faulted: number | undefined;
  dar: bigint;
  dsisr: number;
  /** Host offset of the line that getllar reserved. */
  reservation: number | undefined;
  /** What MFC_RdAtomicStat will read, once it can be read. */
  atomicStatus: number | undefined;
  /** Tag groups whose lists have stalled since MFC_RdListStallStat was read; 0 while it cannot be read. */
  stalledTags: number;
  readonly tags: TagStatus;
  /** Proxy_QueryMask and Proxy_QueryType: an interrupt when the groups are done. */
  readonly proxyTags: TagStatus;
  /** MFC_CMDStatus of the last proxy command. */
  proxyCommandStatus: number;
}

export interface RunState {
  /** SPU_RunCntl. */
  control: number;
  /** SPU_Status (facts 6.1). */
  status: number;
  /** Address of the next instruction while the SPU is stopped; bit 0 is its interrupt enable. */
  npc: number;
}

/** Pending and enabled interrupts by class (facts 5.1). */
export interface Interrupts {
  readonly status: [number, number, number];
  readonly mask: [number, number, number];
}

export interface SpeState {
  readonly mailboxes: Mailboxes;
  readonly signals: readonly [SignalRegister, SignalRegister];
  readonly decrementer: Decrementer;
  readonly events: Events;
  readonly mfc: Mfc;
  readonly run: RunState;
  readonly interrupts: Interrupts;
}

/** A stopped SPE with empty mailboxes and queues: what a new context starts from (facts 3.1). */
export function newSpeState(): SpeState {
  return {
    mailboxes: { inbound: [], outbound: [], outboundInterrupt: [] },
    signals: [newSignal(), newSignal()],
    decrementer: { value: 0, since: 0, running: false, expires: 0 },
    events: { pending: 0, mask: 0, count: 0 },
    mfc: {
      parameters: newParameters(),
      proxyParameters: newParameters(),
      queues: { spu: newQueue(), proxy: newQueue(), atomic: newQueue() },
      nextId: 0,
      nextTurn: 0,
      busFreeAt: 0,
      nextStep: undefined,
      suspended: false,
      faulted: undefined,
      dar: 0n,
      dsisr: 0,
      reservation: undefined,
      atomicStatus: undefined,
      stalledTags: 0,
      tags: newTagStatus(),
      proxyTags: newTagStatus(),
      proxyCommandStatus: 0,
    },
    run: { control: 0, status: 0, npc: 0 },
    // What the kernel enables when it finds an SPE (facts 5.1); mailbox bits come on demand.
    interrupts: { status: [0, 0, 0], mask: [0x7, 0x3, 0xe] },
  };
}

function newSignal(): SignalRegister {
  return { value: 0, pending: false, orMode: false };
}

function newParameters(): CommandParameters {
  return { lsa: 0, eaHigh: 0, eaLow: 0, size: 0, tag: 0 };
}

function newQueue(): MfcQueue {
  return { commands: [], stopped: false, openFrom: 0 };
}

function newTagStatus(): TagStatus {
  return { mask: 0, request: undefined, status: undefined };
}
