/** One frame of a call stack. */
import type { PathName } from '../../sim/kernel/path.ts';
import type { SpuContext } from '../../sim/kernel/spufs/state.ts';
import type { Task } from '../../sim/kernel/state.ts';
import type { CodeFrame } from '../c/context.ts';
import type { PpeRegisters } from '../../sim/ppe/registers.ts';

export type Frame = ReturnedFrame | KernelFrame | UserFrame | SpuFrame;

/** A kernel path in flight; `depth` is its place in the task's kernel stack, 0 the outermost. */
export interface KernelFrame {
  readonly kind: 'kernel';
  readonly task: Task;
  readonly depth: number;
  readonly path: PathName;
  /** The step that the frame is at: for a caller the one that called. */
  readonly step: number;
}

/** A kernel path that the fault went through and that has returned: its answer is what the program stopped for. */
export interface ReturnedFrame {
  readonly kind: 'returned';
  readonly task: Task;
  readonly path: PathName;
  readonly step: number;
  /** `NOPAGE_RETRY`, for the handler. */
  readonly answer: string | undefined;
}

/** User code of a task. */
export interface UserFrame {
  readonly kind: 'user';
  readonly task: Task;
  readonly pc: number;
  readonly stackPointer: number;
  /** Its registers, where all of them are known: of the current frame, and of one that a signal interrupted. */
  readonly registers: PpeRegisters | undefined;
  /** Whether `registers` are the task's own, which can be set. */
  readonly isCurrent: boolean;
  /** The kernel's signal trampoline: the frame above is a handler, the one below was interrupted. */
  readonly isSignal: boolean;
  /** Its pc is an instruction to come, not the place behind a call. */
  readonly isInterrupted: boolean;
  /** What its debug information tells, where the program has some. */
  readonly code: CodeFrame | undefined;
  /** Which of the functions in `code.activations` this is: 0 the innermost. */
  readonly activation: number;
}

export interface SpuFrame {
  readonly kind: 'spu';
  readonly context: SpuContext;
  readonly pc: number;
  readonly stackPointer: number;
  readonly isCurrent: boolean;
}
