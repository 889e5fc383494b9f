import { CommandError, type Io } from '../../src/cli/io.ts';

export interface FakeIo extends Io {
  /** What was printed so far. */
  readonly printed: { out: string; err: string };
}

/** Files in memory, input as given, and everything printed kept. */
export function fakeIo(files: Readonly<Record<string, string | Uint8Array>> = {}, input = ''): FakeIo {
  const printed = { out: '', err: '' };
  return {
    printed,
    out: (data) => { printed.out += typeof data === 'string' ? data : new TextDecoder().decode(data); },
    err: (data) => { printed.err += typeof data === 'string' ? data : new TextDecoder().decode(data); },
    readFile: (path) => {
      const content = files[path];
      if (content === undefined) return Promise.reject(new CommandError(`"${path}" does not exist; check its path.`));
      return Promise.resolve(typeof content === 'string' ? new TextEncoder().encode(content) : content);
    },
    drained: () => Promise.resolve(),
    readInput: () => Promise.resolve(new TextEncoder().encode(input)),
  };
}
