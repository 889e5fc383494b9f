/** Bytes of a memory; undefined where there are none to read. */
export type Bytes = readonly (number | undefined)[];

interface Piece {
  readonly address: number;
  readonly bytes: Bytes;
}

/** Where the bytes of one place are others than they were, by their place in `now`; what was not in sight before has not changed. */
export function changesIn(before: Piece, now: Piece): { readonly at: number; readonly before: number }[] {
  return now.bytes.flatMap((byte, at) => {
    const old = before.bytes[now.address + at - before.address];
    return old === undefined || byte === undefined || old === byte ? [] : [{ at, before: old }];
  });
}

export function joinBytes(parts: readonly Bytes[]): Bytes {
  return parts.flat();
}
