/** Which checkpoint is missed least: what lies far back may lie far apart. */
interface Placed {
  readonly place: number;
  readonly isInput: boolean;
}

/**
 * Index of the checkpoint without which the way from one to the next grows least, in proportion
 * to how long ago it is; -1 where none can go. The first, where history begins, and the last stay.
 */
export function leastMissed(checkpoints: readonly Placed[], present: number): number {
  let least = -1;
  let smallest = Infinity;
  for (let i = 1; i < checkpoints.length - 1; i += 1) {
    const checkpoint = checkpoints[i];
    if (!checkpoint || checkpoint.isInput) continue;
    const gap = (checkpoints[i + 1]?.place ?? present) - (checkpoints[i - 1]?.place ?? 0);
    const share = gap / (present - checkpoint.place + 1);
    if (share < smallest) {
      smallest = share;
      least = i;
    }
  }
  return least;
}
