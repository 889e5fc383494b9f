/** What an SPE asks of the machine around it. */
import type { MfcCommand } from './state.ts';

/** How the MFC's MMU answers for one effective address. */
export type Translation =
  /** Offset in `SpePorts.memory`; good up to the end of the 4 KiB page. */
  | { readonly kind: 'memory'; readonly offset: number }
  /** Physical address of registers of an SPE; good up to the end of the 4 KiB page. */
  | { readonly kind: 'registers'; readonly physical: number }
  /** No SLB entry: a class 1 segment fault. */
  | { readonly kind: 'segmentMiss' }
  /** No page-table entry, or one that forbids the access: a class 1 storage fault. */
  | { readonly kind: 'storageMiss'; readonly denied: boolean };

export interface MovingBlock {
  readonly eaHigh: number;
  readonly eaLow: number;
  /** In `memory`; -1 for registers. */
  readonly offset: number;
  /** Local-store address; the block may wrap. */
  readonly lsa: number;
  readonly bytes: number;
  readonly store: boolean;
}

export interface SpePorts {
  /** The machine's whole WebAssembly memory. */
  readonly memory: Uint8Array;
  /** Offset of this SPE's local store in `memory`. */
  readonly localStore: number;
  /** The SPE's cycle: within a run, that of the current instruction. */
  now(): number;
  /**
   * Asks for `speEvent` at a cycle. A cycle before the end of the SPU's slice ends its run
   * after the current instruction (`Engine.requestStop`).
   */
  schedule(cycle: number): void;
  translate(eaHigh: number, eaLow: number, store: boolean): Translation;
  /** Registers that `translate` found, word by word. */
  readRegisters(physical: number, into: Uint8Array): void;
  writeRegisters(physical: number, from: Uint8Array): void;
  /** Enabled interrupt bits became pending: the kernel looks at them after the current instruction. */
  raiseInterrupt(interruptClass: 0 | 1 | 2, bits: number): void;
  /** Takes every word of the outbound mailboxes at once, in the place of a PPE program; `channel` is the SPU's name for the mailbox. */
  readonly takesMail?: (channel: 'SPU_WrOutMbox' | 'SPU_WrOutIntrMbox', value: number) => void;
  /** The SPU started, or waited for a channel and may try again. */
  wake(): void;
  /** The SPU was stopped by a write to SPU_RunCntl. */
  stopped(): void;
  /** An MFC command has moved all that it was to move. */
  commandDone(command: MfcCommand): void;
  /** The SPU's run, if it is in one, is to end after the current instruction: it may be interrupted there. */
  endRun(): void;
  /** Stores of the PPE to the 128-byte line at this offset are to be seen (`takeReservations`). */
  watchLine(offset: number): void;
  /**
   * The MFC is about to move a block: to the effective address and from local store with `store`, the other way
   * without. A debugger may watch either end; undefined while none does.
   */
  readonly blockMoves?: ((block: MovingBlock) => void) | undefined;
  /** The MFC changed bytes of `memory`: instructions decoded from there and reservations are stale. */
  memoryWritten(offset: number, bytes: number): void;
}
