/**
 * What the instructions of a function have done with its stack frame before a place in it,
 * read from its beginning. An epilogue in the middle counts only up to its return.
 */
import type { FrameWork } from '../code/ppcCode.ts';

export interface FrameShape {
  /** The stack pointer is that of the function's own frame, whose first word leads to the caller's. */
  readonly allocated: boolean;
  /** The return address is in the caller's frame. */
  readonly saved: boolean;
}

/** Longest stretch that is read: prologues are at the beginning. */
const MOST_INSTRUCTIONS = 4096;

/** @param words The function's instructions up to the place, not included. */
export function frameShape(words: ArrayLike<number>, workOf: (word: number) => FrameWork): FrameShape {
  let now = { allocated: false, saved: false };
  let body = now;
  const count = Math.min(words.length, MOST_INSTRUCTIONS);
  for (let i = 0; i < count; i += 1) {
    switch (workOf(words[i] ?? 0)) {
      case 'allocates':
        now = { ...now, allocated: true };
        body = now;
        break;
      case 'saves':
        now = { ...now, saved: true };
        body = now;
        break;
      case 'frees':
        now = { ...now, allocated: false };
        break;
      case 'restores':
        now = { ...now, saved: false };
        break;
      case 'returns':
        now = body;
        break;
      case undefined:
        break;
    }
  }
  return now;
}
