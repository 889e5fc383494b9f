/** Resource limits as programs see them. Enforced are those of the stack, of processes, of descriptors, of locked memory, of pending signals and of priorities. */
import { MAX_DESCRIPTORS } from '../files/descriptors.ts';
import { STACK_LIMIT } from '../mm/stack.ts';
import type { Kernel } from '../kernel.ts';
import { firstLockLimit } from '../mm/lockLimit.ts';
import type { ThreadGroup } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { isPrivileged } from './identity.ts';
import { RLIMIT } from './softLimit.ts';
import { firstProcessLimit } from './threadLimit.ts';
import type { ResourceLimit } from './state.ts';

const INFINITE = 0xffff_ffff_ffff_ffffn;
const LAST_RLIMIT = 15;

/** A limit by its RLIMIT number; undefined where there is no such limit. */
export function limitOf(k: Kernel, group: ThreadGroup, resource: number): ResourceLimit | undefined {
  if (resource < 0 || resource > LAST_RLIMIT) return undefined;
  return group.limits.get(resource) ?? firstLimit(k, resource);
}

/** Only root may raise a hard limit. */
export function setLimit(k: Kernel, group: ThreadGroup, resource: number, limit: ResourceLimit): number {
  const old = limitOf(k, group, resource);
  if (!old || limit.soft > limit.hard) return -ERRNO.EINVAL;
  if (limit.hard > old.hard && !isPrivileged(k)) return -ERRNO.EPERM;
  group.limits.set(resource, limit);
  return 0;
}

/** asm-generic/resource.h, INIT_RLIMITS. */
function firstLimit(k: Kernel, resource: number): ResourceLimit {
  switch (resource) {
    case RLIMIT.STACK: return { soft: BigInt(STACK_LIMIT), hard: INFINITE };
    case RLIMIT.CORE: return { soft: 0n, hard: INFINITE };
    case RLIMIT.NOFILE: return { soft: BigInt(MAX_DESCRIPTORS), hard: BigInt(MAX_DESCRIPTORS) };
    case RLIMIT.MEMLOCK: return { soft: BigInt(firstLockLimit(k)), hard: BigInt(firstLockLimit(k)) };
    case RLIMIT.NPROC:
    case RLIMIT.SIGPENDING: return { soft: BigInt(firstProcessLimit(k)), hard: BigInt(firstProcessLimit(k)) };
    case RLIMIT.NICE:
    case RLIMIT.RTPRIO: return { soft: 0n, hard: 0n };
    default: return { soft: INFINITE, hard: INFINITE };
  }
}
