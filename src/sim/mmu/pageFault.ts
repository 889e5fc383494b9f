/** What the hardware says about an access that it could not translate. */
import type { Access } from '../kernel/fault/state.ts';

/** DAR and DSISR of a data fault, or the address and SRR1 bits of an instruction fault (facts 2.1). */
export interface PageFault {
  readonly ea: bigint;
  readonly access: Access;
  /** 0x300 data, 0x400 instruction storage; 0x380 and 0x480 where there can be no segment. */
  readonly trap: number;
  /** `DSISR` bits; 0 for the segment traps. */
  readonly dsisr: number;
  /** The Linux page table allows the access, but the hypervisor has refused the entry (facts 2.1 step 3). */
  readonly refused: boolean;
}

/** Bits that DSISR, MFC_DSISR and (the first three) SRR1 have in common (facts 5.1). */
export const DSISR = {
  noTranslation: 0x4000_0000,
  /** SRR1 only: the page may not be executed. */
  noExecute: 0x1000_0000,
  protection: 0x0800_0000,
  store: 0x0200_0000,
  /** Data address breakpoint. */
  dabrMatch: 0x0040_0000,
} as const;
