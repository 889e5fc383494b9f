/** Things that happen at a cycle: timers, DMA steps, scheduler work. Plain data in one queue. */
import type { PageRead, PageWrite, SwapRead, SwapWrite } from './mm/state.ts';
import type { SpuContext } from './spufs/state.ts';
import type { Task, ThreadGroup, WaitQueue } from './state.ts';

/** Every kind of event and what it carries. Add a kind here and its handler in `events.ts`. */
export type EventAction =
  /** ITIMER_REAL or alarm: sends SIGALRM when `id` is still the timer's. */
  | { readonly kind: 'realTimer'; readonly group: ThreadGroup; readonly id: number }
  /** A sleep or a timed wait is over. */
  | { readonly kind: 'timeout'; readonly task: Task; readonly queue: WaitQueue }
  /** Hardware of an SPE: DMA progress, decrementer. */
  | { readonly kind: 'spe'; readonly spe: number }
  /** The scheduler of SPEs: the reaper or the time slice of a context on an SPE; without a context a tick for all. */
  | { readonly kind: 'speScheduler'; readonly spe: number; readonly context: SpuContext | undefined }
  /** The disk has delivered a page, or has taken one. */
  | { readonly kind: 'pageRead'; readonly read: PageRead }
  | { readonly kind: 'pageWritten'; readonly write: PageWrite }
  | { readonly kind: 'swapRead'; readonly read: SwapRead }
  | { readonly kind: 'swapWritten'; readonly write: SwapWrite }
  /** A scripted device's wait of N cycles ends. */
  | { readonly kind: 'wake'; readonly queue: WaitQueue };

export interface KernelEvent {
  readonly cycle: number;
  /** Order among events of one cycle: first scheduled, first done. */
  readonly sequence: number;
  readonly action: EventAction;
}
