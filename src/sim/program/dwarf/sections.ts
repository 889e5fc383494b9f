/** The bytes of `.debug_line`, `.debug_line_str`, ... as far as a file has them. */
export type DebugSectionName =
  | 'line' | 'line_str' | 'str' | 'info' | 'abbrev' | 'loc' | 'loclists' | 'ranges' | 'rnglists' | 'addr' | 'str_offsets' | 'frame';

export type DebugSections = Readonly<Partial<Record<DebugSectionName, Uint8Array>>> & {
  /** `.eh_frame`, whose pointers count from where it is loaded. */
  readonly eh_frame?: { readonly bytes: Uint8Array; readonly address: number };
};

export const NO_BYTES = new Uint8Array(0);
