/**
 * Kernel paths: work that can block or fault, written as a list of steps. A path in flight
 * is a `Frame` of plain data, so a blocked fault survives a checkpoint, and the debugger
 * shows kernel frames and a listing made from the same list.
 *
 * Each file that defines paths declares their locals by augmenting `PathLocals`:
 *
 *     declare module '../path.ts' { interface PathLocals { do_no_page: DoNoPage } }
 */
import type { TrailStep } from './fault/state.ts';
import type { Kernel } from './kernel.ts';
import type { Profile } from './profile/profile.ts';
import type { Task, WaitQueue } from './state.ts';

/** Locals of every path, by path name. Values are plain data (`structuredClone`-able). */
export interface PathLocals {}

export type PathName = keyof PathLocals;

/** A path in flight. `returned` is what the path called last returned. */
export interface FrameOf<K extends PathName> {
  readonly path: K;
  step: number;
  readonly locals: PathLocals[K];
  returned: number;
}
export type Frame = { [K in PathName]: FrameOf<K> }[PathName];

/** What a step says happens now. */
export type Verdict =
  | { readonly kind: 'next' }
  | { readonly kind: 'goTo'; readonly label: string }
  | { readonly kind: 'call'; readonly frame: Frame }
  /** Sleep; the step runs again when woken. Interruptible waits also end when a signal is pending. */
  | { readonly kind: 'wait'; readonly queue: WaitQueue; readonly interruptible: boolean; readonly exclusive: boolean }
  /** Ready to run, but let others run first; the next step follows. */
  | { readonly kind: 'yield' }
  /** Return to the caller, or to user mode from the outermost frame. */
  | { readonly kind: 'done'; readonly value: number };

/** One line of the listing. */
export interface Step<L> {
  /** The line; where names differ from kernel to kernel it is made for one. */
  readonly text: string | ((profile: Profile) => string);
  readonly label?: string | undefined;
  /** Kernels that have this line; without it all of them. A line that a kernel lacks is passed over and not listed. */
  readonly when?: ((profile: Profile) => boolean) | undefined;
  /** `frame.returned` is the result of the path that the step before called. */
  readonly action: (k: Kernel, task: Task, f: L, frame: { readonly returned: number }) => Verdict;
}

/** A step in its path. */
export interface PathStep<L> extends Step<L> {
  readonly place: TrailStep;
}

export interface Path<K extends PathName> {
  readonly name: K;
  /** The kernel source file that it models, for the listing's title: `mm/memory.c`. */
  readonly file: string;
  readonly steps: readonly PathStep<PathLocals[K]>[];
  readonly labels: ReadonlyMap<string, number>;
  /** Kernels that have this path; without it all of them. */
  readonly when?: ((profile: Profile) => boolean) | undefined;
}

/** A path whose locals are not known; its steps are to be given those of its own frames. */
export interface AnyPath {
  readonly name: string;
  readonly steps: readonly PathStep<never>[];
  readonly labels: ReadonlyMap<string, number>;
}

/** Every path by its name. */
export type PathTable = { readonly [K in PathName]: Path<K> };

/** Defines a path. Labels must be unique in it; `goTo` names are checked when the table is built. */
export function path<K extends PathName>(name: K, file: string, steps: readonly Step<PathLocals[K]>[], when?: (profile: Profile) => boolean): Path<K> {
  const labels = new Map<string, number>();
  steps.forEach((s, index) => { if (s.label !== undefined) labels.set(s.label, index); });
  // Every step gets the same properties in the same order: that is quicker to run.
  const placed = steps.map(({ text, label, when, action }, index) => ({ text, label, when, action, place: { path: name, step: index } }));
  return { name, file, steps: placed, labels, when };
}

export function step<L>(text: Step<L>['text'], action: Step<L>['action']): Step<L> {
  return { text, action };
}

/** A step that `goTo(label)` reaches. */
export function labelled<L>(label: string, text: Step<L>['text'], action: Step<L>['action']): Step<L> {
  return { label, text, action };
}

/** A step that only some kernels have. */
export function stepWhen<L>(when: (profile: Profile) => boolean, text: Step<L>['text'], action: Step<L>['action']): Step<L> {
  return { when, text, action };
}

export const next: Verdict = { kind: 'next' };
export const yieldCpu: Verdict = { kind: 'yield' };
export function goTo(label: string): Verdict { return { kind: 'goTo', label }; }
export function done(value: number): Verdict { return { kind: 'done', value }; }
/** Enters another path; its result is in `frame.returned` of the following step. */
export function call<K extends PathName>(name: K, locals: PathLocals[K]): Verdict {
  return { kind: 'call', frame: newFrame(name, locals) };
}
export function wait(queue: WaitQueue, interruptible: boolean, exclusive = false): Verdict {
  return { kind: 'wait', queue, interruptible, exclusive };
}

export function newFrame<K extends PathName>(name: K, locals: PathLocals[K]): Frame {
  const frame: FrameOf<K> = { path: name, step: 0, locals, returned: 0 };
  return frame as Frame;
}
