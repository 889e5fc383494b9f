/** The state tree of a machine, copied and put back. Columns of the fault log that have not changed are shared between copies. */
import type { FaultChunk } from '../kernel/fault/state.ts';
import type { KernelState } from '../kernel/state.ts';
import type { Hardware } from '../run/hardware.ts';
import type { OrderState } from '../run/order.ts';
import type { SpeClock } from '../run/speThread.ts';
import type { SpeState } from '../spe/state.ts';

/** Where the live tree is: parts of it may be replaced, these objects stay. */
export interface TreePlaces {
  readonly state: KernelState;
  readonly order: OrderState;
  readonly hardware: Pick<Hardware, 'spes' | 'clocks'>;
}

/** A copy, which nobody changes. */
export interface Tree {
  /** Without the fault log's columns. */
  readonly kernel: KernelState;
  readonly faultChunks: readonly FaultChunk[];
  readonly spes: readonly SpeState[];
  readonly clocks: readonly SpeClock[];
  readonly order: OrderState;
}

/** @param earlier a copy from before on the same way through history. */
export function copyTree({ state, order, hardware: { spes, clocks } }: TreePlaces, earlier: Tree | undefined): Tree {
  const { chunks } = state.faults;
  return {
    ...structuredClone({
      kernel: { ...state, faults: { ...state.faults, chunks: [] } },
      spes: spes.map((spe) => spe.state), clocks, order,
    }),
    faultChunks: chunks.map((chunk, i) => asBefore(earlier?.faultChunks[i], chunk) ?? structuredClone(chunk)),
  };
}

/** The live tree becomes what a copy has. */
export function putBackTree({ state, order, hardware: { spes, clocks } }: TreePlaces, tree: Tree): void {
  const { kernel, spes: speStates, clocks: speClocks, order: orderThen } = structuredClone({ ...tree, faultChunks: [] });
  const live = state.faults.chunks;
  kernel.faults.chunks.push(...tree.faultChunks.map((chunk, i) => asBefore(live[i], chunk) ?? structuredClone(chunk)));
  // The processors keep their CPUs; nothing else in the tree refers to them.
  const { cpus } = state;
  cpus.forEach((cpu, i) => Object.assign(cpu, kernel.cpus[i]));
  Object.assign(state, kernel, { cpus });
  spes.forEach((spe, i) => { spe.state = speStates[i] ?? spe.state; });
  clocks.forEach((clock, i) => Object.assign(clock, speClocks[i]));
  Object.assign(order, orderThen);
}

/** Two states of one chunk on the same way through history that count as many writes are the same. */
function asBefore(earlier: FaultChunk | undefined, chunk: FaultChunk): FaultChunk | undefined {
  return earlier?.writes === chunk.writes ? earlier : undefined;
}
