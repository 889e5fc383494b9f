/** Tells tasks in poll and select that a file may have become readable or writable. */
import type { Kernel } from '../kernel.ts';
import { wakeAll } from '../wait.ts';

export function readinessChanged(k: Kernel): void {
  wakeAll(k, k.state.files.pollQueue);
}
