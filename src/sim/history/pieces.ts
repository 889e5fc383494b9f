/**
 * Which parts of a machine's memory are its state, in pieces of at most 4 KiB. What can be made
 * again from them is none: TLBs, decoded code. Free frames are none either, since whoever takes
 * one gets zeros.
 */
import { LOCAL_STORE_BYTES, type MachineLayout, PAGE_BYTES } from '../engine/layout.ts';
import type { FrameState } from '../kernel/mm/state.ts';
import { PPE_STATE_BYTES } from '../ppe/layout.ts';
import { SPU_STATE_BYTES } from '../spe/layout.ts';

/** Where a piece begins, and its bytes: a multiple of four. */
export interface Piece {
  readonly at: number;
  readonly bytes: number;
}

export class Pieces {
  /** Registers, local stores and the hashed page table: the same for the machine's whole life. */
  private readonly hardware: readonly Piece[];

  constructor(private readonly layout: MachineLayout) {
    const { ppeThreads, spes, htab, htabBytes } = layout;
    this.hardware = [
      ...ppeThreads.flatMap(({ state }) => cut(state, PPE_STATE_BYTES)),
      ...spes.flatMap(({ state, localStore }) => [...cut(state, SPU_STATE_BYTES), ...cut(localStore, LOCAL_STORE_BYTES)]),
      ...cut(htab, htabBytes),
    ];
  }

  /** How many pieces there can be. */
  get most(): number {
    return this.hardware.length + this.layout.ramBytes / PAGE_BYTES;
  }

  /** Calls `visit` for every piece that is there now, always in the same order. `index` stays with a piece. */
  forEach({ references }: FrameState, visit: (index: number, at: number, bytes: number) => void): void {
    const { hardware, layout: { ram } } = this;
    hardware.forEach(({ at, bytes }, index) => { visit(index, at, bytes); });
    for (let frame = 0; frame < references.length; frame += 1) {
      if (references[frame] !== 0) visit(hardware.length + frame, ram + frame * PAGE_BYTES, PAGE_BYTES);
    }
  }
}

function cut(at: number, bytes: number): Piece[] {
  return Array.from({ length: Math.ceil(bytes / PAGE_BYTES) }, (_, i) => (
    { at: at + i * PAGE_BYTES, bytes: Math.min(bytes - i * PAGE_BYTES, PAGE_BYTES) }
  ));
}
