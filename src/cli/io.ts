/** What a command is given by the place where it runs. */
export interface Io {
  /** Standard output: text, or bytes as a guest wrote them. */
  out(data: string | Uint8Array): void;
  /** Resolves when standard output takes more: a pipe may be read slowly, and what waits for it is memory. */
  drained(): Promise<void>;
  /** Standard error. */
  err(data: string | Uint8Array): void;
  /** Rejects with a `CommandError` that says why the file cannot be read. */
  readFile(path: string): Promise<Uint8Array>;
  /** Rejects with a `CommandError` that says why the file cannot be written. */
  writeFile(path: string, text: string): Promise<void>;
  /** Everything on standard input; always the same, however often it is asked for. */
  readInput(): Promise<Uint8Array>;
  /** Where standard input is a terminal: what is typed next, up to the end of a line; undefined at the end of the input. */
  readonly nextLine?: () => Promise<Uint8Array | undefined>;
  /** Width of the terminal that standard output is; absent where it is none. */
  readonly columns?: number;
  /** Those of the standard streams that are terminals. */
  readonly terminals?: readonly ('stdin' | 'stdout' | 'stderr')[];
}

/** Refault itself cannot do what was asked; guests have the statuses below. */
export const STATUS_FAILED = 125;

/** Why a command cannot do what was asked, as one sentence for standard error. Ends it with status 125. */
export class CommandError extends Error {}
