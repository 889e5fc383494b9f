/** The paths of interrupts, for the table of all paths. */
import { alignmentException } from './alignment.ts';

export const INTERRUPT_PATHS = {
  alignment_exception: alignmentException,
} as const;
