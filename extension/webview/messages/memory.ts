/** What the memory view's page and the extension tell each other. */
export type SearchForm = 'bytes' | 'text' | 'words';

/** Bytes of one screen, as the page shows them. */
export interface MemoryScreen {
  /** `ea:1:0x10010000`. */
  readonly reference: string;
  readonly address: number;
  /** What the user asked for, and whether it is worked out again at every stop. */
  readonly expression: string;
  readonly follows: boolean;
  /** One for each place; undefined where there is nothing to read. */
  readonly bytes: readonly (number | undefined)[];
  /** The bytes of the last stop where they were others; places in `bytes`. */
  readonly changes: readonly { readonly at: number; readonly before: number }[];
  /** Bytes that differ from the snapshot, with what it has. */
  readonly differences: readonly { readonly at: number; readonly before: number }[];
  /** A snapshot has been taken, and of how many bytes in all those it covers are others now. */
  readonly snapshot: { readonly bytes: number; readonly different: number } | undefined;
  readonly canEdit: boolean;
}

export type ToMemoryPage =
  | { readonly kind: 'screen'; readonly screen: MemoryScreen }
  /** Instead of bytes: why there are none. */
  | { readonly kind: 'nothing'; readonly why: string; readonly expression: string }
  /** A sentence for the line below the bytes. */
  | { readonly kind: 'said'; readonly text: string; readonly isError: boolean }
  /** Puts the cursor on a byte of the screen: of a match, `length` bytes are marked. */
  | { readonly kind: 'cursor'; readonly address: number; readonly length: number };

export type FromMemoryPage =
  | { readonly kind: 'go'; readonly expression: string; readonly follows: boolean }
  /** By so many bytes. */
  | { readonly kind: 'move'; readonly bytes: number }
  /** How many bytes the page has room for. */
  | { readonly kind: 'room'; readonly bytes: number }
  | { readonly kind: 'write'; readonly address: number; readonly value: number }
  | { readonly kind: 'search'; readonly form: SearchForm; readonly pattern: string; readonly from: number }
  | { readonly kind: 'snapshot' }
  | { readonly kind: 'dropSnapshot' };
