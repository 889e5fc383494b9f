/** The `access` argument of a miss: the number of bytes, and flags. */
export const ACCESS = {
  bytes: 0x1f,
  store: 0x80,
  /** Between the interpreter and its own slow path only. */
  reversed: 0x100,
} as const;
