/** The SPE's part of the event queue: the MFC's next block and the decrementer. */
import { checkDecrementer } from './decrementer.ts';
import { stepMfc } from './mfc.ts';
import type { Spe } from './spe.ts';

/**
 * Does what has come due. Called at every cycle that was asked for with
 * `SpePorts.schedule`; calls that are too many, or for a context that has left, do nothing.
 */
export function speEvent(spe: Spe, now: number): void {
  stepMfc(spe, now);
  checkDecrementer(spe, now);
}
