/** Who the program is: one user for all its processes. Root has every capability, other users have none. */
import type { Kernel } from '../kernel.ts';

/** Real, effective and saved user and group number: they are never set apart. */
export function userId({ configuration: { uid } }: Pick<Kernel, 'configuration'>): number {
  return uid;
}

/** capable(): whether the program may what only a privileged one may. */
export function isPrivileged(k: Pick<Kernel, 'configuration'>): boolean {
  return userId(k) === 0;
}
