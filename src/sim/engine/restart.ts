/**
 * Which instructions the run function can begin and leave to the step function in the middle,
 * which then executes them from the beginning.
 */
import type { Statement } from './node.ts';

/**
 * - `run`: no memory access or call, the run function does it all.
 * - `restart`: nothing that a restart would notice comes before an access or a call. (Stores
 *   before another store are repeated, as they are after a fault.)
 * - `step`: the step function does it all.
 */
export type Division = 'run' | 'restart' | 'step';

/** What has happened on the way to a statement. */
interface Path {
  wrote: boolean;
  stored: boolean;
}

export function divide(statements: readonly Statement[]): Division {
  const found = { leaves: false, late: false };
  follow(statements, { wrote: false, stored: false }, found);
  if (!found.leaves) return 'run';
  return found.late ? 'step' : 'restart';
}

function follow(statements: readonly Statement[], path: Path, found: { leaves: boolean; late: boolean }): void {
  for (const s of statements) {
    switch (s.kind) {
      case 'write':
        path.wrote = true;
        break;
      case 'load':
      case 'call':
        found.leaves = true;
        found.late ||= path.wrote || path.stored;
        break;
      case 'store':
      case 'lsStore':
        found.leaves = true;
        found.late ||= path.wrote;
        path.stored = true;
        break;
      case 'lsLoad':
        // Never leaves; but repeated, it would see what was stored.
        found.late ||= path.stored;
        break;
      case 'if': {
        const other = { ...path };
        follow(s.then, path, found);
        follow(s.otherwise, other, found);
        path.wrote ||= other.wrote;
        path.stored ||= other.stored;
        break;
      }
      default:
    }
  }
}
