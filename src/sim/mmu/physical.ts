/**
 * The physical address map. RAM begins at 0. The SPEs lie high up, each with its local store
 * and its problem-state area, where the first Cell of a machine has them:
 *
 *     0x200_0000_0000 + spe * 0x80000            local store, 256 KiB
 *     0x200_0004_0000 + spe * 0x80000            problem state, 128 KiB
 *
 * Everything else is no memory. Frames are physical addresses divided by 4096.
 */
import { LOCAL_STORE_BYTES, type MachineLayout } from '../engine/layout.ts';

const SPE_BASE = 0x200_0000_0000;
const SPE_STRIDE = 0x8_0000;
const PROBLEM_STATE_OFFSET = 0x4_0000;
const PROBLEM_STATE_BYTES = 0x2_0000;
const FRAME_BYTES = 4096;

function localStoreAddress(spe: number): number {
  return SPE_BASE + spe * SPE_STRIDE;
}

export function localStoreFrame(spe: number): number {
  return localStoreAddress(spe) / FRAME_BYTES;
}

export function problemStateFrame(spe: number): number {
  return (localStoreAddress(spe) + PROBLEM_STATE_OFFSET) / FRAME_BYTES;
}

/** A register of an SPE's problem-state area. */
export interface RegisterPlace {
  readonly spe: number;
  readonly offset: number;
}

export class PhysicalMap {
  constructor(private readonly layout: MachineLayout) {}

  /** Host offset of a physical address, or -1 where there is no memory. */
  hostOf(physical: number): number {
    const { ram, ramBytes, spes } = this.layout;
    if (physical < ramBytes) return ram + physical;
    const above = physical - SPE_BASE;
    if (above < 0) return -1;
    const spe = spes[Math.floor(above / SPE_STRIDE)];
    const offset = above % SPE_STRIDE;
    return spe && offset < LOCAL_STORE_BYTES ? spe.localStore + offset : -1;
  }

  /** Whether a physical address is RAM, not a local store or registers. */
  isRam(physical: number): boolean {
    return physical < this.layout.ramBytes;
  }

  /** The register of a physical address, or undefined where it is none. */
  registerAt(physical: number): RegisterPlace | undefined {
    const above = physical - SPE_BASE;
    if (above < 0) return undefined;
    const spe = Math.floor(above / SPE_STRIDE);
    const offset = (above % SPE_STRIDE) - PROBLEM_STATE_OFFSET;
    return spe < this.layout.spes.length && offset >= 0 && offset < PROBLEM_STATE_BYTES ? { spe, offset } : undefined;
  }
}
