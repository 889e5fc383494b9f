/** What the MMUs remember besides the hashed page table, which lies in the machine's memory. Plain data. */
import type { MachineConfiguration } from '../kernel/kernel.ts';
import { newSlb, PPE_SLB, MFC_SLB, type SlbState } from './slb.ts';

export interface MmuState {
  /** Segment lookaside buffers, by PPE thread and by SPE. */
  readonly ppeSlb: readonly SlbState[];
  readonly mfcSlb: readonly SlbState[];
  /** Stands in for the time base, whose low bits choose the entry that a full hash bucket loses (facts 6.4). */
  evictions: number;
  /** Physical address of the line that an SPE's MFC has reserved, by SPE; -1 for none. */
  readonly mfcReservations: Float64Array;
}

export function newMmuState(configuration: MachineConfiguration): MmuState {
  return {
    ppeSlb: Array.from({ length: configuration.ppeThreads }, () => newSlb(PPE_SLB)),
    mfcSlb: Array.from({ length: configuration.spes }, () => newSlb(MFC_SLB)),
    evictions: 0,
    mfcReservations: new Float64Array(configuration.spes).fill(-1),
  };
}
