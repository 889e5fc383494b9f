/** Resource limits as programs see them. None but the stack's and the descriptors' is enforced. */
import { MAX_DESCRIPTORS } from '../files/descriptors.ts';
import { STACK_LIMIT } from '../mm/stack.ts';
import type { ThreadGroup } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { RLIMIT } from './softLimit.ts';
import type { ResourceLimit } from './state.ts';

const INFINITE = 0xffff_ffff_ffff_ffffn;
const LAST_RLIMIT = 15;

/** A limit by its RLIMIT number; undefined where there is no such limit. */
export function limitOf(group: ThreadGroup, resource: number): ResourceLimit | undefined {
  if (resource < 0 || resource > LAST_RLIMIT) return undefined;
  return group.limits.get(resource) ?? { soft: defaultSoft(resource), hard: resource === RLIMIT.NOFILE ? BigInt(MAX_DESCRIPTORS) : INFINITE };
}

export function setLimit(group: ThreadGroup, resource: number, limit: ResourceLimit): number {
  if (!limitOf(group, resource) || limit.soft > limit.hard) return -ERRNO.EINVAL;
  group.limits.set(resource, limit);
  return 0;
}

function defaultSoft(resource: number): bigint {
  if (resource === RLIMIT.STACK) return BigInt(STACK_LIMIT);
  if (resource === RLIMIT.NOFILE) return BigInt(MAX_DESCRIPTORS);
  return resource === RLIMIT.CORE ? 0n : INFINITE;
}
