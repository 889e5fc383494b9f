/** Where the MMUs find the state tree: asked for anew each time, since a checkpoint replaces it. */
import type { KernelState } from '../kernel/state.ts';

export interface MmuOwner {
  readonly state: Pick<KernelState, 'mmu' | 'counters' | 'spufs'>;
}
