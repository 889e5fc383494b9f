/** Signals of a task or a group: what is pending, what is done about it. Plain data. */

export interface SignalInfo {
  readonly number: number;
  /** si_code: SI_USER 0, SI_KERNEL 0x80, SI_TIMER -2, SI_TKILL -6, or a fault code (SEGV_MAPERR 1, BUS_ADRERR 2 ...). */
  readonly code: number;
  /** si_addr of faults; 0 otherwise. */
  readonly address: bigint;
  /** Sender's pid; 0 for the kernel. */
  readonly sender: number;
  /** Trap number and DAR/DSISR-like values that the frame shows (facts 2.1). */
  readonly trap: number;
  readonly dsisr: number;
  /** si_value of queued signals. */
  readonly value: bigint;
}

export interface PendingSignals {
  /** In order of arrival; standard signals at most once each, real-time ones queue. */
  readonly queue: SignalInfo[];
}

export interface SignalAction {
  /** SIG_DFL 0, SIG_IGN 1, or the address of the handler's function descriptor. */
  readonly handler: bigint;
  readonly flags: number;
  readonly mask: bigint;
}

export interface SignalHandlers {
  /** By signal number; absent is the default. */
  readonly actions: Map<number, SignalAction>;
}
