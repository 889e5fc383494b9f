import type { Interpreters } from '../sim/run/interpreters.ts';

/** What a session is given by the place where it runs: files, a clock, and a way to let messages in. */

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

export interface AdapterHost {
  /** Reads a file named as the client names it: a path, or a URI as a string. Rejects with a sentence. */
  readFile(path: string): Promise<Uint8Array>;
  /** Lists a folder; absent where there are no folders. Rejects with a sentence. */
  listFolder?(path: string): Promise<readonly FolderEntry[]>;
  /** Calls `run` soon, after the messages that are already waiting. */
  yieldSlice(run: () => void): void;
  /** Host time in milliseconds, from any origin: for the length of slices, never for the guest. */
  now(): number;
  /** For sessions that run beside each other and need not each compile their own. */
  readonly interpreters?: Interpreters;
}
