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

/** Counts down by one a cycle from `value` at cycle `since`, once it runs. */
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

/** A command in an MFC queue. */
export interface MfcCommand extends Readonly<CommandParameters> {
  /** Rises with every command of this SPE: the order of entry. */
  readonly id: number;
  readonly opcode: number;
  /** Replacement and transfer class, as written. */
  readonly classes: number;
  /** Cycle from which its first block may move. */
  readonly readyAt: number;
  /** Found when it was entered; the command stays in its queue and holds it up. */
  readonly error: CommandError | undefined;
  /** Bytes moved so far; of the current element, where there is a list. */
  transferred: number;
  /** When its next block may move, among those of other commands: the lowest goes first. */
  turn: number;
  /** For list commands: local-store address and bytes of the list that is left, and whether an element asked to stall. */
  readonly list: { address: number; bytes: number; stalled: boolean } | undefined;
}

export type QueueName = 'spu' | 'proxy';

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
  /** Processing of both queues is suspended (MFC_CNTL). */
  suspended: boolean;
  /** Id of the command whose class 1 fault waits for a restart; DAR and DSISR tell of the last such fault. */
  faulted: number | undefined;
  dar: bigint;
  dsisr: number;
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
      queues: { spu: newQueue(), proxy: newQueue() },
      nextId: 0,
      nextTurn: 0,
      busFreeAt: 0,
      nextStep: undefined,
      suspended: false,
      faulted: undefined,
      dar: 0n,
      dsisr: 0,
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
