/** Resource limits as programs see them. Only the numbers are kept: none but the stack's is enforced, and that of descriptors by the kernel's own. */
import { MAX_DESCRIPTORS } from '../files/descriptors.ts';
import { RLIMIT_STACK, STACK_LIMIT } from '../mm/stack.ts';
import type { ThreadGroup } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import type { ResourceLimit } from './state.ts';

const INFINITE = 0xffff_ffff_ffff_ffffn;
const RLIMIT_CORE = 4;
const RLIMIT_NOFILE = 7;
const LAST_RLIMIT = 15;

/** A limit by its RLIMIT number; undefined where there is no such limit. */
export function limitOf(group: ThreadGroup, resource: number): ResourceLimit | undefined {
  if (resource < 0 || resource > LAST_RLIMIT) return undefined;
  return group.limits.get(resource) ?? { soft: defaultSoft(resource), hard: resource === RLIMIT_NOFILE ? BigInt(MAX_DESCRIPTORS) : INFINITE };
}

export function setLimit(group: ThreadGroup, resource: number, limit: ResourceLimit): number {
  if (!limitOf(group, resource) || limit.soft > limit.hard) return -ERRNO.EINVAL;
  group.limits.set(resource, limit);
  return 0;
}

function defaultSoft(resource: number): bigint {
  if (resource === RLIMIT_STACK) return BigInt(STACK_LIMIT);
  if (resource === RLIMIT_NOFILE) return BigInt(MAX_DESCRIPTORS);
  return resource === RLIMIT_CORE ? 0n : INFINITE;
}
