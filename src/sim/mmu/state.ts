/** What the MMUs remember besides the hashed page table, which lies in the machine's memory. Plain data. */
import type { MachineConfiguration } from '../kernel/kernel.ts';
import { boltKernelSegments, newSlb, PPE_SLB, MFC_SLB, type SlbState } from './slb.ts';

export interface MmuState {
  /** Segment lookaside buffers, by PPE thread and by SPE. */
  readonly ppeSlb: readonly SlbState[];
  readonly mfcSlb: readonly SlbState[];
  /** Context number of the address space whose segments a PPE thread's SLB holds; 0 for none. */
  readonly ppeContext: Uint32Array;
  /** Stands in for the time base, whose low bits choose the entry that a full hash bucket loses (facts 6.4). */
  evictions: number;
}

export function newMmuState({ ppeThreads, spes }: MachineConfiguration): MmuState {
  const ppeSlb = Array.from({ length: ppeThreads }, () => newSlb(PPE_SLB));
  for (const slb of ppeSlb) boltKernelSegments(slb);
  return {
    ppeSlb, mfcSlb: Array.from({ length: spes }, () => newSlb(MFC_SLB)),
    ppeContext: new Uint32Array(ppeThreads), evictions: 0,
  };
}
