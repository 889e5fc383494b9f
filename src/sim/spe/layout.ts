/**
 * Where the state of an SPU lies, as byte offsets from its state base. Registers are kept
 * byte-reversed: guest byte k of a register is byte 15-k of its 16.
 */
import { LOCAL_STORE_BYTES } from '../engine/layout.ts';

/** Bits of an instruction address: a word inside the local store, at whose end addresses wrap (LSLR 0x3ffff). */
export const INSTRUCTION_ADDRESS_MASK = LOCAL_STORE_BYTES - 4;

export const REGISTER_COUNT = 128;

/** Byte offsets of the cells; `r0` begins the 128 registers of 16 bytes. */
export const SPU_STATE = {
  r0: 0,
  /** Address of the current instruction, 64 bits. */
  pc: 2048,
  /** SRR0: where an interrupted program goes on, 32 bits. */
  srr0: 2056,
  /** 1 while interrupts are enabled (bit 31 of SPU_RdMachStat), 32 bits. */
  interruptEnable: 2060,
  /** The floating-point status and control register, byte-reversed as a general register. */
  fpscr: 2064,
  /** What the last channel read returned, from the host to the instruction, 32 bits. */
  channelData: 2080,
  /** Stop-and-signal type of the last `stop`, 14 bits in 32. */
  stopCode: 2084,
} as const;

/** Bytes of one SPU's state, a multiple of 16. */
export const SPU_STATE_BYTES = 2096;
