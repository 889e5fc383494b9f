/** A checkpoint: the state tree, and the pieces of memory that are not zeros. */
import { placeOf } from '../run/order.ts';
import type { Runner } from '../run/stop.ts';
import type { Hardware } from '../run/hardware.ts';
import type { Copies, Copy } from './copies.ts';
import type { Pieces } from './pieces.ts';
import { copyTree, putBackTree, type Tree, type TreePlaces } from './tree.ts';

export interface Checkpoint {
  readonly place: number;
  /** Simulated time. */
  readonly cycle: number;
  /** How many inputs the program has had. */
  readonly inputs: number;
  readonly tree: Tree;
  /** The one thread that may run. */
  readonly only: ThreadKey | undefined;
  /** Pieces by rising index, and their copies. */
  readonly indices: readonly number[];
  readonly copies: readonly Copy[];
  /** Bytes of the disk and of the swap device, which the tree has. */
  readonly stored: number;
  /** An input led here: no way through history leads around it. */
  readonly isInput: boolean;
}

/** A thread whatever the tree that its object is in. */
export interface ThreadKey {
  readonly kind: 'task' | 'context';
  readonly id: number;
}

export interface CheckpointParts extends TreePlaces {
  readonly hardware: Hardware;
  readonly pieces: Pieces;
  readonly copies: Copies;
}

type Circumstances = Pick<Checkpoint, 'inputs' | 'only' | 'isInput' | 'stored'>;

/** @param earlier the checkpoint before on the same way through history, whose copies are shared where they can be. */
export function takeCheckpoint(parts: CheckpointParts, earlier: Checkpoint | undefined, circumstances: Circumstances): Checkpoint {
  const { state, order, pieces, copies: store } = parts;
  const indices: number[] = [];
  const copies: Copy[] = [];
  let next = 0;
  pieces.forEach(state.frames, (index, at, bytes) => {
    while ((earlier?.indices[next] ?? Infinity) < index) next += 1;
    const copy = store.keep(earlier?.indices[next] === index ? earlier.copies[next] : undefined, at, bytes);
    if (!copy) return;
    indices.push(index);
    copies.push(copy);
  });
  return { place: placeOf(state, order), cycle: order.cycle, tree: copyTree(parts, earlier?.tree), indices, copies, ...circumstances };
}

/** The machine becomes what it was. What it derived from memory is made again where memory is different. */
export function putBack(parts: CheckpointParts, { tree, indices, copies }: Checkpoint): void {
  putBackTree(parts, tree);
  const { state, hardware, pieces, copies: store } = parts;
  let next = 0;
  pieces.forEach(state.frames, (index, at, bytes) => {
    while ((indices[next] ?? Infinity) < index) next += 1;
    const copy = indices[next] === index ? copies[next] : undefined;
    if (store.putBack(copy, at, bytes)) hardware.mmu.replaced(at, bytes);
  });
  hardware.mmu.restored([...state.tasks.values()]);
}

export function release({ copies }: Checkpoint, store: Copies): void {
  for (const copy of copies) store.release(copy);
}

export function keyOf(runner: Runner): ThreadKey {
  return runner.kind === 'task' ? { kind: 'task', id: runner.task.tid } : { kind: 'context', id: runner.context.id };
}

export function runnerOf({ state }: Pick<TreePlaces, 'state'>, { kind, id }: ThreadKey): Runner | undefined {
  if (kind === 'task') {
    const task = state.tasks.get(id);
    return task && { kind, task };
  }
  for (const context of state.spufs.contexts.values()) if (context.id === id) return { kind, context };
  return undefined;
}
