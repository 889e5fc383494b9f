/**
 * Where the registers of a PPE thread lie, as byte offsets from its state base. The user
 * registers come first, so that the kernel switches tasks by copying `PPE_USER_BYTES`; what
 * belongs to the hardware thread follows.
 */
export const PPE_STATE = {
  /** 32 general registers of 8 bytes. */
  gpr: 0,
  /** Always 0: what `RA|0` reads for register 0. */
  zero: 256,
  lr: 264,
  ctr: 272,
  /** Address of the current instruction. */
  pc: 280,
  /** 32 floating-point registers of 8 bytes. */
  fpr: 288,
  /** The condition register, one byte (0 or 1) for each bit, bit 0 first. */
  cr: 544,
  /** XER: SO, OV and CA as bytes of 0 or 1, then the string byte count. */
  so: 576,
  ov: 577,
  ca: 578,
  stringCount: 579,
  vrsave: 580,
  fpscr: 584,
  vscr: 588,
  /** 32 vector registers of 16 bytes, byte-reversed (design, section 3). */
  vr: 592,
  /** MSR[FE0] and MSR[FE1], two bits of one byte: where both are 0 an enabled floating-point exception does not interrupt. */
  floatInterruptMode: 1104,

  /** Of the hardware thread: address of the reservation, 64 bits, and whether it holds, one byte. */
  reservationAddress: 1120,
  reservationValid: 1128,
  /** Time base at the beginning of the engine's current run, 64 bits. */
  timeBase: 1136,
  /** DAR: address of the operand that raised an alignment interrupt, 64 bits. */
  dar: 1144,
  /** CTRL, 32 bits: which thread this is, that both are enabled, that it runs. */
  control: 1152,
} as const;

/** Bytes of a task's registers. */
export const PPE_USER_BYTES = 1120;
/** Bytes of one hardware thread's state, a multiple of 16. */
export const PPE_STATE_BYTES = 1168;
/** CTRL of a hardware thread that runs a user program: CT, TE, RUN (CBE Handbook, section 10.4; asm-powerpc/reg.h). */
export function controlOf(thread: number): number {
  return ((0x8000_0000 >>> thread) | 0x00c0_0001) >>> 0;
}

/** Bytes of a data cache block: what `dcbz` clears, and the granule of a reservation (CBE Handbook, section 6.1). */
export const CACHE_BLOCK_BYTES = 128;
