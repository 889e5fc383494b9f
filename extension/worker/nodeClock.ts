import type { Clock } from './serve.ts';

/** A MessageChannel that posts to itself would starve the worker's own messages in Node; setImmediate lets them in. */
export const nodeClock: Clock = {
  yieldSlice: (run) => { setImmediate(run); },
  now: () => performance.now(),
};
