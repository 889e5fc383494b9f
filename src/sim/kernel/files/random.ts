/** Bytes for getrandom, AT_RANDOM and /dev/urandom: a fixed sequence, so that runs repeat exactly. */
import type { KernelState } from '../state.ts';

/** Marsaglia's xorshift of 32 bits ("Xorshift RNGs", Journal of Statistical Software 8, 2003). */
export function nextRandom(state: Pick<KernelState, 'random'>, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  let x = state.random;
  for (let i = 0; i < count; i += 1) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    bytes[i] = x >>> 11;
  }
  state.random = x;
  return bytes;
}
