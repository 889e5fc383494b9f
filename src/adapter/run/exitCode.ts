/** What `exited` says of the end of a program. */
import type { ProgramExit } from '../../sim/run/stop.ts';

const KILLED_BY = 128;
/** Of a program that neither ended nor was killed: nothing could run any more. */
const DEADLOCK_STATUS = 123;

/** @param end a sentence where nothing could run. */
export function exitCode(end: ProgramExit | string): number {
  if (typeof end === 'string') return DEADLOCK_STATUS;
  return end.kind === 'exit' ? end.code : KILLED_BY + end.signal;
}
