import { CommandError, type Io } from '../../src/cli/io.ts';

export interface FakeIo extends Io {
  /** What was printed so far. */
  readonly printed: { out: string; err: string };
  /** What was written to files, by path. */
  readonly written: Map<string, string>;
}

/** Files in memory, input as given, and everything printed kept. */
export function fakeIo(files: Readonly<Record<string, string | Uint8Array>> = {}, input = ''): FakeIo {
  const printed = { out: '', err: '' };
  const written = new Map<string, string>();
  return {
    printed,
    written,
    out: (data) => { printed.out += typeof data === 'string' ? data : new TextDecoder().decode(data); },
    err: (data) => { printed.err += typeof data === 'string' ? data : new TextDecoder().decode(data); },
    readFile: (path) => {
      const content = files[path];
      if (content === undefined) return Promise.reject(new CommandError(`"${path}" does not exist; check its path.`));
      return Promise.resolve(typeof content === 'string' ? new TextEncoder().encode(content) : content);
    },
    writeFile: (path, text) => {
      written.set(path, text);
      return Promise.resolve();
    },
    drained: () => Promise.resolve(),
    readInput: () => Promise.resolve(new TextEncoder().encode(input)),
  };
}
