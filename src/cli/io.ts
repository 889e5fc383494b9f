import { readFile } from 'node:fs/promises';

/** What a command is given by the place where it runs. */
export interface Io {
  /** Standard output: text, or bytes as a guest wrote them. */
  out(data: string | Uint8Array): void;
  /** Standard error. */
  err(text: string): void;
  /** Rejects with a `CommandError` that says why the file cannot be read. */
  readFile(path: string): Promise<Uint8Array>;
}

/** Refault itself cannot do what was asked; guests have the statuses below. */
export const STATUS_FAILED = 125;

/** Why a command cannot do what was asked, as one sentence for standard error. Ends it with status 125. */
export class CommandError extends Error {}

/** The real files and streams of this process. */
export function processIo(): Io {
  return {
    out: (data) => void process.stdout.write(data),
    err: (text) => void process.stderr.write(text),
    readFile: async (path) => {
      try {
        return new Uint8Array(await readFile(path));
      } catch (error) {
        throw new CommandError(whyUnreadable(path, error));
      }
    },
  };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist; check its path',
  ENOTDIR: 'does not exist, because a part of its path is not a folder; check its path',
  EISDIR: 'is a folder; name a file in it',
  EACCES: 'may not be read by you; change its permissions',
  EPERM: 'may not be read by you; change its permissions',
  ERR_FS_FILE_TOO_LARGE: 'is larger than 2 GiB, which no guest program is; check its path',
};

function whyUnreadable(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return `"${path}" ${REASONS[code] ?? `cannot be read (${code === '' ? String(error) : code}); check its path`}.`;
}
