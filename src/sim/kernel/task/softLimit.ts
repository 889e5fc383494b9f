/** Resource limits that the kernel enforces (asm-powerpc/resource.h). */
import type { ThreadGroup } from '../state.ts';

export const RLIMIT = { STACK: 3, CORE: 4, NPROC: 6, NOFILE: 7, MEMLOCK: 8, SIGPENDING: 11, NICE: 13, RTPRIO: 14 } as const;

/** The limit in force: what the program has set, or else the one that it began with. */
export function softLimit({ limits }: ThreadGroup, resource: number, first: number): number {
  return Number(limits.get(resource)?.soft ?? first);
}
