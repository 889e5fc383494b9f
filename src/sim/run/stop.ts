/** Why a machine stopped, and what a debugger asks of a run. */
import type { FaultRecord } from '../kernel/fault/state.ts';
import type { DeadlockReport } from '../kernel/task/deadlock.ts';
import type { Task } from '../kernel/state.ts';
import type { WatchHit } from '../mmu/watches.ts';
import type { SpuContext } from '../kernel/spufs/state.ts';

/** What a debugger calls a thread: a guest task, or an SPE context. */
export type Runner = { readonly kind: 'task'; readonly task: Task } | { readonly kind: 'context'; readonly context: SpuContext };

export type Stop =
  /** The cycles that were asked for are used up; nothing happened. */
  | { readonly kind: 'budget' }
  /** The machine is at the place in its history that it was to run to. */
  | { readonly kind: 'there' }
  /** A piece of an interpreter was made, and there is more to make; nothing happened. Only where the run is to be in pieces. */
  | { readonly kind: 'preparing' }
  /** An instruction with a breakpoint is current. */
  | { readonly kind: 'breakpoint'; readonly runner: Runner; readonly address: number }
  /** A kernel step with a breakpoint is next. */
  | { readonly kind: 'kernelBreakpoint'; readonly runner: Runner; readonly path: string; readonly step: number }
  /** The stepped thread did one instruction or one kernel step. */
  | { readonly kind: 'step'; readonly runner: Runner }
  /** A fault whose outcome the debugger wants to see is decided; its effect is still to come. */
  | { readonly kind: 'fault'; readonly runner: Runner; readonly record: FaultRecord }
  /** Watched bytes were accessed: by the instruction or kernel step before, or by a block that an MFC moved. */
  | { readonly kind: 'watch'; readonly runner: Runner; readonly access: WatchedAccess }
  /** The one thread that may run waits for others. */
  | { readonly kind: 'blocked'; readonly runner: Runner }
  /** Nothing can run and nothing is due. */
  | { readonly kind: 'deadlock'; readonly report: DeadlockReport }
  | { readonly kind: 'exit'; readonly exit: ProgramExit };

export interface WatchedAccess extends WatchHit {
  /** The instruction; of an MFC's block, where its SPU is. */
  readonly pc: number;
  /** All watched bytes as they were. */
  readonly before: Uint8Array;
}

export type ProgramExit = { readonly kind: 'exit'; readonly code: number } | { readonly kind: 'signal'; readonly signal: number };

/** What stops a run besides the end of the program. Settings of the debugger; none changes what the program does. */
export interface DebugControl {
  /** Whether a fault of this kind is to stop the machine. */
  stopOnFault: (record: FaultRecord) => boolean;
  /** Kernel steps with a breakpoint, as `kernelPlace(path, step)`. */
  readonly kernelBreakpoints: Set<string>;
  /** Local-store addresses that stop the SPU of a context. */
  spuBreakpoints: (context: SpuContext) => ReadonlySet<number>;
  /** The thread that is being stepped. */
  stepping: Runner | undefined;
  /** The one thread that may run; the others stand still, which makes another program of it. */
  only: Runner | undefined;
  /**
   * Instructions whose breakpoint has been reported, by task: each runs when its task goes on, also
   * when it faults first and is taken again.
   */
  readonly reported: WeakMap<Task, number>;
  /** Place in the machine's history (`place` in `order.ts`) at which a run ends, exact to the instruction or kernel step; Infinity for none. */
  until: number;
  /** Whoever asks for a run wants to be heard again soon: it ends also after each piece of an interpreter that has to be made first. */
  runsInPieces: boolean;
  /** Told when a thread executes an instruction for the first time since its word was last written: never left out, but told again when code is decoded again. */
  firstExecuted: (runner: Runner, address: number) => void;
  /** A stop that kernel code asked for; it takes place after the current step. */
  pending: Stop | undefined;
}

const NO_ADDRESSES: ReadonlySet<number> = new Set();

export function newDebugControl(): DebugControl {
  return { stopOnFault: () => false, kernelBreakpoints: new Set(), spuBreakpoints: () => NO_ADDRESSES, stepping: undefined, only: undefined, reported: new WeakMap(), until: Infinity, runsInPieces: false, firstExecuted: () => undefined, pending: undefined };
}

/** The stop that was asked for, which is then no longer pending. */
export function takePending(control: DebugControl): Stop | undefined {
  const { pending } = control;
  control.pending = undefined;
  return pending;
}

export function kernelPlace(path: string, step: number): string {
  return `${path}:${String(step)}`;
}

export function isStepping({ stepping }: DebugControl, task: Task): boolean {
  return stepping?.kind === 'task' && stepping.task === task;
}

export function isSteppingContext({ stepping }: DebugControl, context: SpuContext): boolean {
  return stepping?.kind === 'context' && stepping.context === context;
}
