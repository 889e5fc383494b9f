/** Flags of spu_create by name and number (facts 3.1). */

export const SPU_CREATE = {
  eventsEnabled: 0x1,
  gang: 0x2,
  nosched: 0x4,
  isolate: 0x8,
  affinitySpu: 0x10,
  affinityMem: 0x20,
} as const;

export type SpuCreateFlag = keyof typeof SPU_CREATE;

/** The bits of a list of flags. */
export function flagBits(flags: readonly SpuCreateFlag[]): number {
  return flags.reduce((bits, flag) => bits | SPU_CREATE[flag], 0);
}
