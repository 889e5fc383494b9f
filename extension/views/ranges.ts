/** Long lists in a tree: at most a hundred children to a node, so a million rows open as quickly as ten. */

export interface Range {
  /** First row and number of rows. */
  readonly start: number;
  readonly count: number;
}

export const MOST_CHILDREN = 100;

/** Cuts a range into at most a hundred ranges of equal size (the last may be shorter); undefined where its rows fit. */
export function cut({ start, count }: Range): readonly Range[] | undefined {
  if (count <= MOST_CHILDREN) return undefined;
  let size = MOST_CHILDREN;
  while (size * MOST_CHILDREN < count) size *= MOST_CHILDREN;
  const pieces = Math.ceil(count / size);
  return Array.from({ length: pieces }, (_, index) => {
    const first = start + index * size;
    return { start: first, count: Math.min(size, start + count - first) };
  });
}
