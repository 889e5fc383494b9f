/** Why a PPE thread leaves its engine, besides the engine's own reasons (`engine/exits.ts`). */
export const PPE_EXIT = {
  /** `sc`; it is complete. */
  systemCall: 16,
  /** Program interrupt, illegal instruction; the instruction is current again, as in all that follow. */
  illegal: 17,
  /** Program interrupt, privileged instruction. */
  privileged: 18,
  /** Program interrupt, trap. */
  trap: 19,
  /** Alignment interrupt; the operand's address is in DAR. */
  alignment: 20,
  /** Program interrupt, enabled floating-point exception; FPSCR says which. */
  floatException: 21,
} as const;
