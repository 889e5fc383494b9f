/** Why an SPU leaves its engine, and what channel helpers answer. */

/** Exit codes of the SPU instruction set; those below 16 are the engine's (`engine/exits.ts`). */
export const SPU_EXIT = {
  /** `stop` or `stopd`; the type is in the `stopCode` cell. The instruction is complete. */
  stop: 16,
  /** A `heq`-like instruction met its condition. The instruction is complete. */
  halt: 17,
  /** No instruction; it is current again. */
  illegalInstruction: 18,
  /** A channel that does not exist, or not in this direction; the instruction is current again. */
  invalidChannel: 19,
  /** A blocking channel has count 0; the instruction is current again and is to be retried. */
  channelStall: 20,
} as const;

/** Answers of the helpers `rdch` and `wrch`. */
export const CHANNEL_ANSWER = {
  done: 0,
  /** Nothing happened; the SPU waits until the channel's count is not 0. */
  stall: 1,
  invalid: 2,
} as const;

export type ChannelAnswer = (typeof CHANNEL_ANSWER)[keyof typeof CHANNEL_ANSWER];
