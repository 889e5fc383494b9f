/** Reads across holes: what is readable first, and how much behind it is not. */
import type { Memory } from './access.ts';

const PAGE = 4096;

export interface ReadRange {
  readonly bytes: Uint8Array;
  /** Bytes behind `bytes` that cannot be read, up to the next that can or to the end of what was asked for. */
  readonly unreadable: number;
}

export function readRange(memory: Memory, address: number, count: number): ReadRange {
  const below = Math.min(Math.max(-address, 0), count);
  if (below > 0) return { bytes: new Uint8Array(0), unreadable: below };
  const bytes = memory.read(address, count);
  let hole = bytes.length;
  while (hole < count && memory.read(address + hole, 1).length === 0) {
    const at = address + hole;
    hole = at >= memory.end ? count : Math.min(count, hole + PAGE - (at % PAGE));
  }
  return { bytes, unreadable: hole - bytes.length };
}
