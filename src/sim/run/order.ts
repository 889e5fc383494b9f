/**
 * Where a machine is in its history. Everything that changes the state is counted: instructions,
 * steps of kernel paths, entries into the kernel, changes of task, turns, events. The count is the
 * machine's place: two machines of the same program and the same inputs that are at one place are
 * in one state, however they came there.
 */
import type { KernelState } from '../kernel/state.ts';
import type { Slice } from './slice.ts';

/** Whose turn it is: part of the machine's plain data. */
export interface OrderState {
  slice: Slice | undefined;
  /** Cycle of the latest thing that happened. */
  cycle: number;
  /** Everything that has happened but instructions. */
  actions: number;
}

export function newOrder(): OrderState {
  return { slice: undefined, cycle: 0, actions: 0 };
}

/** How much has happened since the machine was switched on. */
export function placeOf({ instructions }: Pick<KernelState, 'instructions'>, { actions }: OrderState): number {
  return instructions.ppe + instructions.spu + actions;
}
