/** Why a run ended, when the engine itself ended it. Codes from 16 belong to the instruction set. */
export const EXIT = {
  /** The budget is used up. */
  budget: 0,
  /** The current instruction has a breakpoint and is not done. */
  breakpoint: 1,
  /** A load or store of the current instruction got no host address; it is not done. */
  memoryFault: 2,
  /** The current instruction itself could not be fetched. */
  fetchFault: 3,
  /** `Engine.requestStop` was called; the instruction that led to the call is complete. */
  stopRequested: 4,
} as const;
